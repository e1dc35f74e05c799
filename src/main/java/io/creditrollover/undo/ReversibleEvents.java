package io.creditrollover.undo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events of a run not yet reversed. */
public final class ReversibleEvents {
    private static final String NOT_GIVEN_BACK = """
            e.run_id = :undoneRunId and e.action in ('rollover', 'expiry') and e.credits_after < e.credits_before
            and (:onlyUserId::bigint is null or e.user_id = :onlyUserId)
            and not exists (select from credit_rollover_events r where r.reverses = e.id)
            """;

    private ReversibleEvents() {}

    /**
     * The remaining events.
     *
     * @param users one event each
     * @param credits the sum
     */
    public record Rest(long users, long credits) {}

    /**
     * Returns the remaining events of a run, for all users or one. Omits deleted users and those skipped by {@code
     * undoRunId}. Reads all events of the run: needs the timeouts of a long read.
     */
    public static Rest rest(JdbcClient jdbc, long undoneRunId, @Nullable Long onlyUserId, long undoRunId) {
        return jdbc.sql("""
                        select count(*) as users, coalesce(sum(e.credits_before - e.credits_after), 0)::bigint as credits
                        from credit_rollover_events e
                        where %s and exists (select from users u where u.id = e.user_id)
                          and not exists (select from credit_rollover_skips s
                                          where s.run_id = :undoRunId and s.user_id = e.user_id)
                        """.formatted(NOT_GIVEN_BACK))
                .param("undoneRunId", undoneRunId)
                .param("onlyUserId", onlyUserId)
                .param("undoRunId", undoRunId)
                .query(Rest.class)
                .single();
    }

    /** Locks the users of the next events, by event id. Omits skipped users and rows locked by the host. */
    static List<ReversibleEvent> lock(JdbcClient jdbc, UndoContext order, long afterEventId, int limit) {
        return jdbc.sql("""
                        select e.id as event_id, e.user_id, e.phone_number, e.credits_before - e.credits_after as taken,
                               u.credits as balance
                        from credit_rollover_events e join users u on u.id = e.user_id
                        where e.id > :after and %s
                          and not exists (select from credit_rollover_skips s
                                          where s.run_id = :runId and s.user_id = e.user_id)
                        order by e.id
                        limit :limit
                        for no key update of u skip locked
                        """.formatted(NOT_GIVEN_BACK))
                .param("after", afterEventId)
                .param("undoneRunId", order.undoneRunId())
                .param("onlyUserId", order.onlyUserId())
                .param("runId", order.runId())
                .param("limit", limit)
                .query(ReversibleEvent.class)
                .list();
    }
}
