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
    private final RolloverOrder order;
    private final String work;

    /** Counts under {@code work}, the name of the range or sweep. */
    DecisionWriter(JdbcClient jdbc, RolloverOrder order, String work) {
        this.jdbc = jdbc;
        this.order = order;
        this.work = work;
    }

    @Override
    public void write(Chunk<? extends Decided> chunk) {
        DecisionBatch batch = new DecisionBatch(chunk);
        if (!batch.decisions().isEmpty()) {
            record(batch);
        }
        setAside(batch.setAside());
        remember(batch.waits());
        Tallies.add(jdbc, order.runId(), work, batch.tally());
    }

    private void record(DecisionBatch batch) {
        if (order.dryRun()) {
            recordDryRun(batch);
        } else {
            take(batch.decisions().stream().filter(RolloverDecision::takes).toList());
            append(batch);
        }
    }

    /** Rows where nothing changes are not touched. The balance is compared although the row is locked: it costs nothing. */
    private void take(List<RolloverDecision> losses) {
        if (losses.isEmpty()) {
            return;
        }
        int updated = jdbc.sql("""
                        update users u set credits = d.after
                        from unnest(:userIds::int[], :before::int[], :after::int[]) as d (user_id, before, after)
                        where u.id = d.user_id and u.credits = d.before
                        """)
                .param("userIds", DecisionBatch.array("int4", losses, RolloverDecision::userId))
                .param("before", DecisionBatch.array("int4", losses, RolloverDecision::creditsBefore))
                .param("after", DecisionBatch.array("int4", losses, RolloverDecision::creditsAfter))
                .update();
        if (updated != losses.size()) {
            throw new IncorrectUpdateSemanticsDataAccessException("Run " + order.runId() + " changed " + updated
                    + " balances where it decided " + losses.size()
                    + ": a locked row changed. The chunk is rolled back; restart the run.");
        }
    }

    private void append(DecisionBatch batch) {
        batch.bindDecisions(jdbc.sql("""
                                insert into credit_rollover_events
                                    (user_id, phone_number, rollover_date, credits_before, credits_after, action,
                                     eligible_plan_type, reason, run_id, reason_code, payment_id, paid_at,
                                     credits_protected)
                                select user_id, phone, :date, before, after, action, plan_type, reason, :runId,
                                       reason_code, payment_id, paid_at, protected
                                from unnest(:userIds::int[], :phones::text[], :before::int[], :after::int[],
                                            :actions::text[], :eligiblePlanTypes::text[], :reasons::text[],
                                            :reasonCodes::text[], :paymentIds::bigint[], :paidAt::timestamptz[],
                                            :protected::int[])
                                    as d (user_id, phone, before, after, action, plan_type, reason, reason_code,
                                          payment_id, paid_at, protected)
                                """))
                .param("date", order.policy().date())
                .param("runId", order.runId())
                .update();
    }

    private void recordDryRun(DecisionBatch batch) {
        batch.bindDecisions(jdbc.sql("""
                                insert into credit_rollover_dry_run_decisions
                                    (run_id, user_id, phone_number, credits_before, credits_after, action,
                                     eligible_plan_type, reason, reason_code, payment_id, paid_at, credits_protected)
                                select :runId, d.*
                                from unnest(:userIds::int[], :phones::text[], :before::int[], :after::int[],
                                            :actions::text[], :eligiblePlanTypes::text[], :reasons::text[],
                                            :reasonCodes::text[], :paymentIds::bigint[], :paidAt::timestamptz[],
                                            :protected::int[]) as d
                                """)).param("runId", order.runId()).update();
    }

    private void setAside(List<Verdict.SetAside> users) {
        if (!users.isEmpty()) {
            jdbc.sql("""
                            insert into credit_rollover_skips (run_id, user_id, reason_code, reason)
                            select :runId, s.*
                            from unnest(:userIds::int[], :reasonCodes::text[], :reasons::text[]) as s
                            """)
                    .param("runId", order.runId())
                    .param("userIds", DecisionBatch.array("int4", users, Verdict.SetAside::userId))
                    .param("reasonCodes", DecisionBatch.array("text", users, s -> s.reasonCode()
                            .name()))
                    .param("reasons", DecisionBatch.array("text", users, Verdict.SetAside::reason))
                    .update();
        }
    }

    /** The first look counts: a payment that came later does not make the wait longer. */
    private void remember(List<Verdict.Wait> users) {
        if (!users.isEmpty()) {
            jdbc.sql("""
                            insert into credit_rollover_waits (run_id, user_id, waits_until)
                            select :runId, w.* from unnest(:userIds::int[], :until::timestamptz[]) as w
                            on conflict do nothing
                            """)
                    .param("runId", order.runId())
                    .param("userIds", DecisionBatch.array("int4", users, Verdict.Wait::userId))
                    .param(
                            "until",
                            DecisionBatch.array(
                                    "timestamptz", users, w -> OffsetDateTime.ofInstant(w.until(), ZoneOffset.UTC)))
                    .update();
        }
    }
}
