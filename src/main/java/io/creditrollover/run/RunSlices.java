package io.creditrollover.run;

import io.creditrollover.rollover.Slices;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The rows of {@code credit_rollover_slices}: what a run was forecast to expire, and what it has, by slices of ids. */
final class RunSlices {
    private RunSlices() {}

    /**
     * How far a run has left its forecast.
     *
     * @param expiredBeyond users whom slices expired beyond their forecast, added up
     * @param forecast users forecast to expire, in all
     */
    record Excess(long expiredBeyond, long forecast) {}

    /** Puts a forecast in place of an earlier one, and counts from there; in the caller's transaction. */
    static void replace(JdbcClient jdbc, long runId, SlicedForecast forecast) {
        jdbc.sql("delete from credit_rollover_slices where run_id = :runId")
                .param("runId", runId)
                .update();
        Slices slices = forecast.slices();
        Object[] lastIds = java.util.stream.IntStream.range(0, slices.count())
                .mapToObj(slices::lastId)
                .toArray();
        jdbc.sql("""
                        insert into credit_rollover_slices (run_id, last_id, users_forecast)
                        select :runId, s.* from unnest(:lastIds::bigint[], :forecast::bigint[]) as s
                        """)
                .param("runId", runId)
                .param("lastIds", new SqlArrayValue("int8", lastIds))
                .param(
                        "forecast",
                        new SqlArrayValue("int8", forecast.usersExpired().toArray()))
                .update();
    }

    /** Returns the slices of a run; a single one where it has none. */
    static Slices of(JdbcClient jdbc, long runId) {
        List<Long> lastIds = jdbc.sql(
                        "select last_id from credit_rollover_slices where run_id = :runId order by last_id")
                .param("runId", runId)
                .query(Long.class)
                .list();
        return new Slices(lastIds.isEmpty() ? lastIds : lastIds.subList(0, lastIds.size() - 1));
    }

    /** Counts users that a chunk expired, in its transaction; in the order of ids, so that no two chunks wait in a circle. */
    static void add(JdbcClient jdbc, long runId, Map<Long, Long> expiredByLastId) {
        expiredByLastId.forEach((lastId, users) -> jdbc.sql("""
                        update credit_rollover_slices set users_expired = users_expired + :users
                        where run_id = :runId and last_id = :lastId
                        """)
                .param("users", users)
                .param("runId", runId)
                .param("lastId", lastId)
                .update());
    }

    static Excess excess(JdbcClient jdbc, long runId) {
        return jdbc.sql("""
                        select coalesce(sum(greatest(users_expired - users_forecast, 0)), 0)::bigint as expired_beyond,
                               coalesce(sum(users_forecast), 0)::bigint as forecast
                        from credit_rollover_slices where run_id = :runId
                        """).param("runId", runId).query(Excess.class).single();
    }
}
