package io.creditrollover.undo;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.host.BalanceChange;
import io.creditrollover.host.HostWrite;
import io.creditrollover.host.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Adds to balances and appends reversals. Skips a user if the balance would overflow or the host's database refuses it.
 * Other errors fail the step and roll the chunk back.
 */
public final class ReversalWriter implements ItemWriter<ReversibleEvent> {
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
    public void write(Chunk<? extends ReversibleEvent> chunk) {
        List<ReversibleEvent> fitting = new ArrayList<>();
        for (ReversibleEvent taken : chunk) {
            if (taken.fits()) {
                fitting.add(taken);
            } else {
                skip(taken, "The balance of " + taken.balance() + " cannot hold the " + taken.taken() + " credits.");
            }
        }
        if (!fitting.isEmpty()) {
            giveBack(fitting);
        }
    }

    /** Retries a refused list in halves, down to single users, in the chunk's transaction. */
    private void giveBack(List<ReversibleEvent> taken) {
        Optional<Refusal> refusal = host.attemptOneOfSeveral(() -> {
            host.change(
                    ADD,
                    taken.stream()
                            .map(t -> new BalanceChange(t.userId(), t.balance(), t.balance() + t.taken()))
                            .toList());
            append(taken);
        });
        if (refusal.isPresent() && taken.size() == 1) {
            skip(
                    taken.get(0),
                    "The host's database refused the new balance: "
                            + refusal.get().words() + ".");
        } else if (refusal.isPresent()) {
            int half = taken.size() / 2;
            giveBack(taken.subList(0, half));
            giveBack(taken.subList(half, taken.size()));
        }
    }

    private void append(List<ReversibleEvent> taken) {
        jdbc.sql("""
                        insert into credit_rollover_events
                            (user_id, phone_number, rollover_date, credits_before, credits_after, action, reason,
                             run_id, reason_code, reverses)
                        select user_id, phone, :date, before, after, 'reversal', :reason, :runId, 'UNDONE', event_id
                        from unnest(:userIds::bigint[], :phones::text[], :before::int[], :after::int[],
                                    :eventIds::bigint[]) as t (user_id, phone, before, after, event_id)
                        """)
                .param("date", order.date())
                .param("reason", "Reversed: " + order.reason())
                .param("runId", order.runId())
                .param("userIds", array("int8", taken, ReversibleEvent::userId))
                .param("phones", array("text", taken, ReversibleEvent::phoneNumber))
                .param("before", array("int4", taken, ReversibleEvent::balance))
                .param("after", array("int4", taken, t -> t.balance() + t.taken()))
                .param("eventIds", array("int8", taken, ReversibleEvent::eventId))
                .update();
    }

    private void skip(ReversibleEvent taken, String reason) {
        jdbc.sql("""
                        insert into credit_rollover_skips (run_id, user_id, reason_code, reason)
                        values (:runId, :userId, :reasonCode, :reason)
                        """)
                .param("runId", order.runId())
                .param("userId", taken.userId())
                .param("reasonCode", ReasonCode.ROW_REFUSED.name())
                .param("reason", reason)
                .update();
    }

    private static SqlArrayValue array(
            String type, List<ReversibleEvent> rows, Function<ReversibleEvent, @Nullable Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }
}
