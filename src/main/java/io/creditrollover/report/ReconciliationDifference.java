package io.creditrollover.report;

import io.creditrollover.run.RunSummary;

/** Events and skips minus the run's totals, in processed users and expired credits; 0 if complete. */
public record ReconciliationDifference(long users, long credits) {
    static final String MEANING =
            "Reconciliation: events and skips, counted again after the run's end, minus the totals stored when it completed.";

    /** Returns no difference before the run has totals. */
    static ReconciliationDifference of(DecisionSums sums, RunSummary run) {
        return run.totals().usersProcessed() == 0 || run.creditsReinstated() != null
                ? new ReconciliationDifference(0, 0)
                : new ReconciliationDifference(
                        sums.users() - run.totals().usersProcessed(),
                        sums.creditsBefore()
                                - sums.creditsAfter()
                                - run.totals().creditsExpired());
    }

    public boolean none() {
        return users == 0 && credits == 0;
    }
}
