package io.creditrollover.undo;

import java.util.List;
import java.util.function.Function;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Gives a chunk back: adds to balances, appends reversals. A user whose balance could not hold it is set aside. Any error
 * fails the step and rolls the chunk back.
 */
public final class ReversalWriter implements ItemWriter<Taken> {
    private final JdbcClient jdbc;
    private final UndoOrder order;

    ReversalWriter(JdbcClient jdbc, UndoOrder order) {
        this.jdbc = jdbc;
        this.order = order;
    }

    @Override
    public void write(Chunk<? extends Taken> chunk) {
        List<Taken> fitting = chunk.getItems().stream()
                .<Taken>map(taken -> taken)
                .filter(Taken::fits)
                .toList();
        if (!fitting.isEmpty()) {
            add(fitting);
            append(fitting);
        }
        chunk.getItems().stream().filter(taken -> !taken.fits()).forEach(this::setAside);
    }

    private void add(List<Taken> taken) {
        int updated = jdbc.sql("""
                        update users u set credits = u.credits + t.taken
                        from unnest(:userIds::bigint[], :taken::int[]) as t (user_id, taken)
                        where u.id = t.user_id
                        """)
                .param("userIds", array("int8", taken, Taken::userId))
                .param("taken", array("int4", taken, Taken::taken))
                .update();
        if (updated != taken.size()) {
            throw new IncorrectUpdateSemanticsDataAccessException("Undo run " + order.runId() + " gave back to "
                    + updated + " users instead of " + taken.size()
                    + ". The chunk is rolled back; call undo again.");
        }
    }

    private void append(List<Taken> taken) {
        jdbc.sql("""
                        insert into credit_rollover_events
                            (user_id, phone_number, rollover_date, credits_before, credits_after, action, reason,
                             run_id, reason_code, reverses)
                        select user_id, phone, :date, before, after, 'reversal', :reason, :runId, 'UNDONE', event_id
                        from unnest(:userIds::bigint[], :phones::text[], :before::int[], :after::int[],
                                    :eventIds::bigint[]) as t (user_id, phone, before, after, event_id)
                        """)
                .param("date", order.date())
                .param("reason", "Given back: " + order.reason())
                .param("runId", order.runId())
                .param("userIds", array("int8", taken, Taken::userId))
                .param("phones", array("text", taken, Taken::phoneNumber))
                .param("before", array("int4", taken, Taken::balance))
                .param("after", array("int4", taken, t -> t.balance() + t.taken()))
                .param("eventIds", array("int8", taken, Taken::eventId))
                .update();
    }

    private void setAside(Taken taken) {
        jdbc.sql("""
                        insert into credit_rollover_skips (run_id, user_id, reason_code, reason)
                        values (:runId, :userId, 'CREDITS_UNUSABLE', 'The balance cannot hold what would be given back.')
                        """)
                .param("runId", order.runId())
                .param("userId", taken.userId())
                .update();
    }

    private static SqlArrayValue array(String type, List<Taken> rows, Function<Taken, Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }
}
