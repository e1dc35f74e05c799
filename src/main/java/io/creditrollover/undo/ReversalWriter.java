package io.creditrollover.undo;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.Verdict;
import io.creditrollover.host.BalanceChange;
import io.creditrollover.host.HostWrite;
import io.creditrollover.host.Refusal;
import io.creditrollover.rollover.PartitionTotals;
import io.creditrollover.rollover.Skips;
import io.creditrollover.rollover.Totals;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Adds to balances, appends events, lists users and counts both. Skips a user if the balance would overflow or the host's
 * database refuses it. Other errors fail the step and roll the chunk back.
 */
public final class ReversalWriter implements ItemWriter<Reviewed> {
    private static final String ADD = """
            update users u set credits = u.credits + (t.after - t.before)
            from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as t (user_id, before, after)
            where u.id = t.user_id
            returning u.id, u.credits""";

    private final JdbcClient jdbc;
    private final HostWrite host;
    private final UndoContext order;

    ReversalWriter(JdbcClient jdbc, HostWrite host, UndoContext order) {
        this.jdbc = jdbc;
        this.host = host;
        this.order = order;
    }

    @Override
    public void write(Chunk<? extends Reviewed> chunk) {
        Result result = new Result();
        List<Reviewed> fitting = new ArrayList<>();
        for (Reviewed reviewed : chunk) {
            if (reviewed.listed() != null) {
                result.skips.add(reviewed.listed());
            }
            if (reviewed.credits() > 0 && reviewed.fits()) {
                fitting.add(reviewed);
            } else if (reviewed.credits() > 0) {
                result.refuse(
                        reviewed,
                        "The balance of " + reviewed.event().balance() + " cannot hold the " + reviewed.credits()
                                + " credits.");
            }
        }
        if (!fitting.isEmpty()) {
            giveBack(fitting, result);
        }
        Skips.add(jdbc, order.runId(), result.skips);
        PartitionTotals.add(jdbc, order.runId(), order.action().code(), result.totals());
    }

    /** Retries a refused list in halves, down to single users, in the chunk's transaction. */
    private void giveBack(List<Reviewed> users, Result result) {
        Optional<Refusal> refusal = host.attemptOneOfSeveral(() -> {
            host.change(
                    ADD,
                    users.stream()
                            .map(r -> new BalanceChange(
                                    r.event().userId(), r.event().balance(), r.newBalance()))
                            .toList());
            append(users);
        });
        if (refusal.isEmpty()) {
            result.done.addAll(users);
        } else if (users.size() == 1) {
            result.refuse(
                    users.get(0),
                    "The host's database refused the new balance: "
                            + refusal.get().words() + ".");
        } else {
            int half = users.size() / 2;
            giveBack(users.subList(0, half), result);
            giveBack(users.subList(half, users.size()), result);
        }
    }

    private void append(List<Reviewed> users) {
        jdbc.sql("""
                        insert into credit_rollover_events
                            (user_id, phone_number, rollover_date, credits_before, credits_after, action,
                             eligible_plan_type, reason, run_id, reason_code, payment_id, paid_at, reverses)
                        select user_id, phone, :date, before, after, :action, plan_type, reason, :runId, code, payment_id,
                               paid_at, event_id
                        from unnest(:userIds::bigint[], :phones::text[], :before::int[], :after::int[],
                                    :planTypes::text[], :reasons::text[], :codes::text[], :paymentIds::bigint[],
                                    :paidAt::timestamptz[], :eventIds::bigint[])
                             as t (user_id, phone, before, after, plan_type, reason, code, payment_id, paid_at, event_id)
                        """)
                .param("date", order.date())
                .param("action", order.action().code())
                .param("runId", order.runId())
                .param("userIds", array("int8", users, r -> r.event().userId()))
                .param("phones", array("text", users, r -> r.event().phoneNumber()))
                .param("before", array("int4", users, r -> r.event().balance()))
                .param("after", array("int4", users, Reviewed::newBalance))
                .param("planTypes", array("text", users, r -> of(r, PaidPayment::planType)))
                .param("reasons", array("text", users, Reviewed::reason))
                .param("codes", array("text", users, r -> Objects.requireNonNull(r.reasonCode())
                        .name()))
                .param("paymentIds", array("int8", users, r -> of(r, PaidPayment::id)))
                .param(
                        "paidAt",
                        array(
                                "timestamptz",
                                users,
                                r -> of(r, p -> OffsetDateTime.ofInstant(p.paidAt(), ZoneOffset.UTC))))
                .param("eventIds", array("int8", users, r -> r.event().eventId()))
                .update();
    }

    private static @Nullable Object of(Reviewed reviewed, Function<PaidPayment, @Nullable Object> part) {
        PaidPayment evidence = reviewed.evidence();
        return evidence == null ? null : part.apply(evidence);
    }

    private static SqlArrayValue array(String type, List<Reviewed> rows, Function<Reviewed, @Nullable Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }

    /** What became of a chunk. */
    private static final class Result {
        private final List<Reviewed> done = new ArrayList<>();
        private final List<Verdict.Skipped> skips = new ArrayList<>();

        /** One skip per user: a refusal replaces a listing. */
        void refuse(Reviewed user, String reason) {
            long id = user.event().userId();
            skips.removeIf(skip -> skip.userId() == id);
            skips.add(new Verdict.Skipped(id, ReasonCode.ROW_REFUSED, reason));
        }

        Totals totals() {
            long credits = done.stream().mapToLong(Reviewed::credits).sum();
            return new Totals(done.size(), 0, skips.size(), credits, credits, 0);
        }
    }
}
