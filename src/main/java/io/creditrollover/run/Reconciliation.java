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
 * Whether a run may be called complete: in one snapshot, nobody in scope who holds old credits lacks a decision or a
 * skip, and the events add up to exactly what the chunks counted.
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
     * What one snapshot shows.
     *
     * @param unaccounted ids of users with neither decision nor skip
     * @param recorded what the events say
     * @param counted what the chunks counted
     */
    record Picture(List<Long> unaccounted, Totals recorded, Totals counted) {}

    /** Looks, for a sweep, at everybody who is unaccounted for. A picture with nobody in it serves {@link #isComplete} too. */
    Picture beforeSweep(RunContext order) {
        return picture(order, () -> UndecidedUsers.of(jdbc, order));
    }

    /** Looks only at those without whom a run is not complete. */
    Picture afterSweep(RunContext order) {
        return picture(order, () -> UndecidedUsers.holdingOldCredits(jdbc, order));
    }

    private Picture picture(RunContext order, Supplier<List<Long>> unaccounted) {
        return snapshots.read(
                () -> new Picture(unaccounted.get(), recorded(order.runId()), PartitionTotals.of(jdbc, order.runId())));
    }

    /**
     * Judges what was seen when nothing of this run was at work any more.
     *
     * @param last whether users who are still unaccounted for are set aside instead of swept again
     * @return whether the run is complete; false asks for another sweep
     * @throws ExitException 65 when events and counts differ
     */
    boolean isComplete(RunContext order, Picture picture, boolean last) {
        requireEqual(order.runId(), picture);
        if (!picture.unaccounted().isEmpty() && !last) {
            log.info(
                    "{} users came into scope since; sweeping again.",
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
                    "Reconciliation of run " + runId + " failed: its events and skips say " + picture.recorded()
                            + ", its chunks counted " + picture.counted()
                            + ". Somebody changed or removed rows of this system; nothing more is written until a "
                            + "person has looked.");
        }
    }

    /** What events, dry-run decisions and skips of the run add up to. */
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
