package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.Verdict;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the verdicts of a chunk: balances, events, skips, waits and the tally, one statement a table, in the chunk's
 * transaction. Any error fails the step; nothing is retried or swallowed, since PostgreSQL has aborted the transaction.
 */
public final class DecisionWriter implements ItemWriter<Decided> {
    private final JdbcClient jdbc;
    private final EventCopy events;
    private final RolloverOrder order;
    private final String work;

    /** Counts under {@code work}, the name of the range or sweep. */
    DecisionWriter(JdbcClient jdbc, EventCopy events, RolloverOrder order, String work) {
        this.jdbc = jdbc;
        this.events = events;
        this.order = order;
        this.work = work;
    }

    @Override
    public void write(Chunk<? extends Decided> chunk) {
        DecisionBatch batch = new DecisionBatch(chunk);
        if (!batch.decisions().isEmpty()) {
            record(batch);
        }
        Skips.add(jdbc, order.runId(), batch.setAside());
        remember(batch.waits());
        Tallies.add(jdbc, order.runId(), work, batch.tally());
        order.watch().beforeCommit(batch.decisions());
    }

    private void record(DecisionBatch batch) {
        if (order.dryRun()) {
            recordDryRun(batch);
        } else {
            events.append(batch.decidedUsers());
            take(batch.decisions().stream().filter(RolloverDecision::takes).toList());
        }
    }

    /** Rows where nothing changes are not touched. The balance is compared although the row is locked: it costs nothing. */
    private void take(List<RolloverDecision> losses) {
        if (losses.isEmpty()) {
            return;
        }
        int updated = jdbc.sql("""
                        update users u set credits = d.after
                        from unnest(:userIds::bigint[], :before::int[], :after::int[]) as d (user_id, before, after)
                        where u.id = d.user_id and u.credits = d.before
                        """)
                .param("userIds", DecisionBatch.array("int8", losses, RolloverDecision::userId))
                .param("before", DecisionBatch.array("int4", losses, RolloverDecision::creditsBefore))
                .param("after", DecisionBatch.array("int4", losses, RolloverDecision::creditsAfter))
                .update();
        if (updated != losses.size()) {
            throw new IncorrectUpdateSemanticsDataAccessException("Run " + order.runId() + " changed " + updated
                    + " balances where it decided " + losses.size()
                    + ": a locked row changed. The chunk is rolled back; restart the run.");
        }
    }

    private void recordDryRun(DecisionBatch batch) {
        batch.bindDecisions(jdbc.sql("""
                                insert into credit_rollover_dry_run_decisions
                                    (run_id, user_id, phone_number, credits_before, credits_after, action,
                                     eligible_plan_type, reason, reason_code, payment_id, paid_at, credits_protected)
                                select :runId, d.*
                                from unnest(:userIds::bigint[], :phones::text[], :before::int[], :after::int[],
                                            :actions::text[], :eligiblePlanTypes::text[], :reasons::text[],
                                            :reasonCodes::text[], :paymentIds::bigint[], :paidAt::timestamptz[],
                                            :protected::int[]) as d
                                """)).param("runId", order.runId()).update();
    }

    /** The first look counts: a payment that came later does not make the wait longer. */
    private void remember(List<Verdict.Wait> users) {
        if (!users.isEmpty()) {
            jdbc.sql("""
                            insert into credit_rollover_waits (run_id, user_id, waits_until)
                            select :runId, w.* from unnest(:userIds::bigint[], :until::timestamptz[]) as w
                            on conflict do nothing
                            """)
                    .param("runId", order.runId())
                    .param("userIds", DecisionBatch.array("int8", users, Verdict.Wait::userId))
                    .param(
                            "until",
                            DecisionBatch.array(
                                    "timestamptz", users, w -> OffsetDateTime.ofInstant(w.until(), ZoneOffset.UTC)))
                    .update();
        }
    }
}
