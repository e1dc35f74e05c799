package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.Verdict;
import io.creditrollover.host.BalanceChange;
import io.creditrollover.host.HostWrite;
import io.creditrollover.host.Refusal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes a chunk's balances, events, skips, postponements and totals in its transaction, one statement per table. If
 * the host's database refuses decisions, rolls them back to a savepoint and leaves these users to the sweep. Other
 * errors fail the step.
 *
 * <p>The restart position moves past postponed users. Safe: the sweep finds every user with neither event nor skip.
 * Read after lock still holds: the savepoint's rollback releases the locks, the chunk's reads are discarded, and the
 * sweep locks and reads again.
 */
public final class DecisionWriter implements ItemWriter<DecidedUser> {
    private static final Logger log = LoggerFactory.getLogger(DecisionWriter.class);

    /** Updates changed rows only. The row is locked, but comparing the balance costs nothing. */
    private static final String TAKE = """
            update users u set credits = d.after
            from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as d (user_id, before, after)
            where u.id = d.user_id and u.credits = d.before
            returning u.id, u.credits""";

    /** Not by COPY: while the server waits for its data, no timeout ends the locks of a frozen process. */
    private static final String INSERT = """
            insert into %s (%s, user_id, phone_number, credits_before, credits_after, action, eligible_plan_type,
                            reason, reason_code, payment_id, paid_at, credits_protected)
            select %s, d.*
            from unnest(:userIds::bigint[], :phones::text[], :before::int[], :after::int[], :actions::text[],
                        :eligiblePlanTypes::text[], :reasons::text[], :reasonCodes::text[], :paymentIds::bigint[],
                        :paidAt::timestamptz[], :protected::int[]) as d
            """;

    private static final String INSERT_EVENTS =
            INSERT.formatted("credit_rollover_events", "run_id, rollover_date", ":runId, :date");
    private static final String INSERT_DRY_RUN =
            INSERT.formatted("credit_rollover_dry_run_decisions", "run_id", ":runId");

    private final JdbcClient jdbc;
    private final HostWrite host;
    private final RunContext order;
    private final String work;

    DecisionWriter(JdbcClient jdbc, HostWrite host, RunContext order, String work) {
        this.jdbc = jdbc;
        this.host = host;
        this.order = order;
        this.work = work;
    }

    @Override
    public void write(Chunk<? extends DecidedUser> chunk) {
        DecisionBatch batch = new DecisionBatch(chunk);
        write(batch)
                .ifPresent(refusal -> log.info(
                        "{} users are postponed to the sweep: the host's database refused at least one of them ({}).",
                        batch.decisions().size(),
                        refusal.words()));
    }

    /** Must precede the lock of the chunk's users. */
    void begin() {
        if (!order.dryRun()) {
            host.begin();
        }
    }

    /**
     * Users must be locked and read after {@link HostWrite#begin}.
     *
     * @return the host's refusal; then only skips and postponements are written
     */
    Optional<Refusal> write(DecisionBatch batch) {
        Optional<Refusal> refusal = batch.decisions().isEmpty() ? Optional.empty() : record(batch);
        DecisionBatch written = refusal.isPresent() ? batch.withoutDecisions() : batch;
        Skips.add(jdbc, order.runId(), written.skipped());
        remember(written.postponed());
        PartitionTotals.add(jdbc, order.runId(), work, written.totals());
        order.watch().beforeCommit(written.decisions());
        return refusal;
    }

    private Optional<Refusal> record(DecisionBatch batch) {
        if (order.dryRun()) {
            insert(INSERT_DRY_RUN, batch);
            return Optional.empty();
        }
        return host.attempt(() -> {
            insert(INSERT_EVENTS, batch);
            take(batch.decisions().stream()
                    .filter(RolloverDecision::losesCredits)
                    .toList());
        });
    }

    private void insert(String statement, DecisionBatch batch) {
        int inserted = batch.bindDecisions(jdbc.sql(statement))
                .param("runId", order.runId())
                .param("date", order.policy().date())
                .update();
        int decided = batch.decisions().size();
        if (inserted != decided) {
            throw new IncorrectUpdateSemanticsDataAccessException("Run " + order.runId() + " recorded " + inserted
                    + " decisions of " + decided + ". The chunk is rolled back.");
        }
    }

    private void take(List<RolloverDecision> losses) {
        if (losses.isEmpty()) {
            host.checkConstraints();
        } else {
            host.change(
                    TAKE,
                    losses.stream()
                            .map(loss -> new BalanceChange(loss.userId(), loss.creditsBefore(), loss.creditsAfter()))
                            .toList());
        }
    }

    /** Keeps the first time, so that later payments do not prolong the wait. */
    private void remember(List<Verdict.Postponed> users) {
        if (!users.isEmpty()) {
            jdbc.sql("""
                            insert into credit_rollover_waits (run_id, user_id, waits_until)
                            select :runId, w.* from unnest(:userIds::bigint[], :until::timestamptz[]) as w
                            on conflict do nothing
                            """)
                    .param("runId", order.runId())
                    .param("userIds", DecisionBatch.array("int8", users, Verdict.Postponed::userId))
                    .param(
                            "until",
                            DecisionBatch.array(
                                    "timestamptz", users, w -> OffsetDateTime.ofInstant(w.until(), ZoneOffset.UTC)))
                    .update();
        }
    }
}
