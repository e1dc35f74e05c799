package io.creditrollover.undo;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The events of a run with credits not added back, without deleted users. */
public final class ReversibleEvents {
    /** Omits events that have the action already, and users skipped by the run. */
    private static final String NOT_GIVEN_BACK = """
            from credit_rollover_events e
            join users u on u.id = e.user_id
            cross join lateral (
                select coalesce(sum(r.credits_after - r.credits_before), 0)::int as credits,
                       coalesce(bool_or(r.action = :action), false) as done
                from credit_rollover_events r where r.reverses = e.id) as given
            where e.run_id = :undoneRunId and e.action in ('rollover', 'expiry') and e.credits_after < e.credits_before
              and (:onlyUserId::bigint is null or e.user_id = :onlyUserId)
              and not given.done and e.credits_before - e.credits_after > given.credits
              and not exists (select from credit_rollover_skips s where s.run_id = :runId and s.user_id = e.user_id)
            """;

    private static final String EVENTS = """
            select e.id, e.user_id, e.phone_number, e.credits_before, e.credits_after, e.credits_protected, e.created_at,
                   given.credits as given_back, u.credits::bigint as balance
            """ + NOT_GIVEN_BACK;

    private static final String REST = """
            select count(*) as users,
                   coalesce(sum(e.credits_before - e.credits_after - given.credits), 0)::bigint as credits
            """ + NOT_GIVEN_BACK;

    private static final String PAGE = EVENTS + """
              and e.id > :after and (:only::bigint[] is null or e.id = any (:only))
            order by e.id
            limit :limit
            """;

    private static final String LOCK = EVENTS + """
              and e.id = any (:eventIds::bigint[])
            order by e.id
            for no key update of u skip locked
            """;

    private ReversibleEvents() {}

    /**
     * Which events to read.
     *
     * @param runId the run of the undo or reinstatement; 0 before it
     * @param undoneRunId the live run
     * @param onlyUserId the only user; null for all
     * @param action of the new events
     */
    record Scope(long runId, long undoneRunId, @Nullable Long onlyUserId, UndoContext.Action action) {}

    /** The remaining events, one for each user, and their credits. */
    public record Rest(long users, long credits) {}

    /**
     * Returns the remaining events of a run, for all users or one. Omits deleted users and those skipped by {@code
     * undoRunId}. Reads all events of the run: needs the timeouts of a long read.
     */
    public static Rest rest(JdbcClient jdbc, long undoneRunId, @Nullable Long onlyUserId, long undoRunId) {
        return bind(jdbc.sql(REST), new Scope(undoRunId, undoneRunId, onlyUserId, UndoContext.Action.REVERSAL))
                .query(Rest.class)
                .single();
    }

    /** Returns the next events, by id, without locks; only {@code chosen} ones. */
    static List<ReversibleEvent> page(JdbcClient jdbc, Scope scope, EventIds chosen, long afterEventId, int limit) {
        List<Long> only = chosen.next(afterEventId, limit);
        List<ReversibleEvent> page = List.of();
        while (page.isEmpty() && (only == null || !only.isEmpty())) {
            page = read(jdbc, scope, only, afterEventId, limit);
            if (only == null) {
                break;
            }
            only = chosen.next(only.get(only.size() - 1), limit);
        }
        return page;
    }

    private static List<ReversibleEvent> read(
            JdbcClient jdbc, Scope scope, @Nullable List<Long> only, long afterEventId, int limit) {
        return bind(jdbc.sql(PAGE), scope)
                .param("after", afterEventId)
                .param("only", only == null ? null : ids(only))
                .param("limit", limit)
                .query(ReversibleEvents::event)
                .list();
    }

    /** Locks the users of some events. Omits rows locked by the host. */
    static List<ReversibleEvent> lock(JdbcClient jdbc, Scope scope, List<Long> eventIds) {
        return bind(jdbc.sql(LOCK), scope)
                .param("eventIds", ids(eventIds))
                .query(ReversibleEvents::event)
                .list();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Scope scope) {
        return statement
                .param("undoneRunId", scope.undoneRunId())
                .param("onlyUserId", scope.onlyUserId())
                .param("runId", scope.runId())
                .param("action", scope.action().code());
    }

    private static SqlArrayValue ids(List<Long> ids) {
        return new SqlArrayValue("int8", ids.toArray());
    }

    private static ReversibleEvent event(ResultSet rs, int row) throws SQLException {
        return new ReversibleEvent(
                rs.getLong("id"),
                rs.getLong("user_id"),
                rs.getString("phone_number"),
                rs.getInt("credits_before"),
                rs.getInt("credits_after"),
                rs.getInt("credits_protected"),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                rs.getInt("given_back"),
                rs.getLong("balance"));
    }
}
