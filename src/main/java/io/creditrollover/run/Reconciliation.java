package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.rollover.PartitionTotals;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.rollover.Totals;
import io.creditrollover.rollover.UndecidedUsers;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides whether a run is complete: in one snapshot, each user in scope with old credits has a decision or a skip, and
 * events equal the chunks' totals.
 */
@Component
class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final RunRepository runs;
    private final TransactionTemplate transaction;

    Reconciliation(JdbcClient jdbc, Snapshots snapshots, RunRepository runs, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.runs = runs;
        this.transaction = transaction;
    }

    /**
     * @param unaccounted users without decision or skip
     * @param recorded totals of the events
     * @param counted totals of the chunks
     */
    record Picture(List<Long> unaccounted, Totals recorded, Totals counted) {}

    /** Reads all unaccounted users. A picture without any serves {@link #isComplete} too. */
    Picture beforeSweep(RunContext order) {
        return picture(order, () -> UndecidedUsers.of(jdbc, order));
    }

    /** Reads those with old credits; only they keep a run incomplete. */
    Picture afterSweep(RunContext order) {
        return picture(order, () -> UndecidedUsers.holdingOldCredits(jdbc, order));
    }

    private Picture picture(RunContext order, Supplier<List<Long>> unaccounted) {
        return snapshots.read(
                () -> new Picture(unaccounted.get(), recorded(order.runId()), PartitionTotals.of(jdbc, order.runId())));
    }

    /**
     * Judges a picture taken after the run's work ended.
     *
     * @param last true to skip remaining users instead of sweeping again
     * @return true if complete; false for another sweep
     * @throws ExitException 65 if events and chunks differ
     */
    boolean isComplete(RunContext order, Picture picture, boolean last) {
        requireEqual(order.runId(), picture);
        if (!picture.unaccounted().isEmpty() && !last) {
            log.info(
                    "{} more users came into scope. Sweeping again.",
                    picture.unaccounted().size());
            return false;
        }
        transaction.executeWithoutResult(status -> {
            order.guard().lockToken();
            if (!picture.unaccounted().isEmpty()) {
                UndecidedUsers.skipAsLate(jdbc, order, picture.unaccounted(), "reconcile");
            }
            runs.figures(order.runId(), PartitionTotals.of(jdbc, order.runId()));
        });
        return true;
    }

    private static void requireEqual(long runId, Picture picture) {
        if (!picture.recorded().equals(picture.counted())) {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "Reconciliation of run " + runId + " failed: its events and skips have " + picture.recorded()
                            + ", its chunks counted " + picture.counted()
                            + ". Rows of this system were changed or removed. The run writes nothing more until "
                            + "the totals are equal.");
        }
    }

    /** Adds up events, dry-run decisions and skips. */
    private Totals recorded(long runId) {
        return jdbc.sql("""
                        select count(*) filter (where action = 'rollover') as users_rolled_over,
                               count(*) filter (where action = 'expiry') as users_expired,
                               (select count(*) from credit_rollover_skips where run_id = :runId) as users_skipped,
                               coalesce(sum(credits_before), 0)::bigint as credits_before,
                               coalesce(sum(credits_after), 0)::bigint as credits_rolled_over,
                               coalesce(sum(credits_before - credits_after), 0)::bigint as credits_expired
                        from (select action, credits_before, credits_after from credit_rollover_events
                              where run_id = :runId and action in ('rollover', 'expiry')
                              union all
                              select action, credits_before, credits_after from credit_rollover_dry_run_decisions
                              where run_id = :runId) as decided
                        """).param("runId", runId).query(Totals.class).single();
    }
}
