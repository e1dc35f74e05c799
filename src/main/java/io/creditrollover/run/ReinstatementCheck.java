package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.rollover.PartitionTotals;
import io.creditrollover.rollover.Totals;
import io.creditrollover.undo.UndoContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decides whether a reinstatement is complete, in one snapshot. Reads only. */
@Component
class ReinstatementCheck {
    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final Reinstatements reinstatements;

    ReinstatementCheck(JdbcClient jdbc, Snapshots snapshots, Reinstatements reinstatements) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.reinstatements = reinstatements;
    }

    /**
     * Returns the totals.
     *
     * @throws ExitException 65 if events and chunks differ, an event got back more than it took, or a person's reinstatement
     *     was refused
     */
    Totals require(UndoContext order) {
        Totals totals = snapshots.read(() -> {
            Totals recorded = UndoTotals.of(jdbc, order.runId());
            Totals counted = PartitionTotals.of(jdbc, order.runId());
            long exceeded = exceeded(order.runId());
            if (!recorded.equals(counted) || exceeded > 0) {
                throw new ExitException(
                        ExitCode.REFUSED,
                        "Reconciliation of run " + order.runId() + " failed: its events and skips have " + recorded
                                + ", its chunks counted " + counted + ", and " + exceeded
                                + " expiries have more credits reinstated than expired. Rows of this system were"
                                + " changed or removed. A person must check them.");
            }
            return recorded;
        });
        Long onlyUserId = order.onlyUserId();
        if (onlyUserId != null && totals.usersRolledOver() == 0) {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "Nothing was reinstated to user " + onlyUserId + ". "
                            + reinstatements
                                    .refusal(order.runId(), onlyUserId)
                                    .orElse("The application has deleted the user."));
        }
        return totals;
    }

    private long exceeded(long runId) {
        return jdbc.sql("""
                        select count(*)
                        from credit_rollover_events mine
                        join credit_rollover_events e on e.id = mine.reverses
                        where mine.run_id = :runId and mine.action = 'reinstatement'
                          and (select sum(g.credits_after - g.credits_before) from credit_rollover_events g
                               where g.reverses = e.id) > e.credits_before - e.credits_after
                        """).param("runId", runId).query(Long.class).single();
    }
}
