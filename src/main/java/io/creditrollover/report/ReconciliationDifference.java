package io.creditrollover.report;

import io.creditrollover.run.RunSummary;

/**
 * Events and skips minus the run's totals; 0 and 0 for a complete run.
 *
 * @param users difference in processed users
 * @param credits difference in expired credits
 */
public record ReconciliationDifference(long users, long credits) {
    static final String MEANING =
            "Reconciliation: events and skips, counted again once the run had ended, less the figures that the run was "
                    + "completed with.";

    /** Returns no difference before the run has totals. */
    static ReconciliationDifference of(DecisionSums sums, RunSummary run) {
        return run.usersProcessed() == 0 || run.mode().equals("undo")
                ? new ReconciliationDifference(0, 0)
                : new ReconciliationDifference(
                        sums.users() - run.usersProcessed(),
                        sums.creditsBefore() - sums.creditsAfter() - run.creditsExpired());
    }

    public boolean none() {
        return users == 0 && credits == 0;
    }
}
