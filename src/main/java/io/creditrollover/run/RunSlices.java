package io.creditrollover.run;

import io.creditrollover.rollover.Slices;
import io.creditrollover.run.ForecastCalculator.SlicedForecast;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Rows of {@code credit_rollover_slices}: forecast and actual expiries by slices of ids. */
final class RunSlices {
    private RunSlices() {}

    /**
     * @param expiredBeyond users expired beyond the forecasts of their slices
     * @param forecast users forecast to expire, in all slices
     */
    record Excess(long expiredBeyond, long forecast) {}

    /** Replaces the forecast and resets the counts, in the caller's transaction. */
    static void replace(JdbcClient jdbc, long runId, SlicedForecast forecast) {
        jdbc.sql("delete from credit_rollover_slices where run_id = :runId")
                .param("runId", runId)
                .update();
        List<Integer> numbers =
                IntStream.range(0, forecast.slices().count()).boxed().toList();
        jdbc.sql("""
                        insert into credit_rollover_slices (run_id, slice, last_id, users_forecast)
                        select :runId, s.* from unnest(:slices::int[], :lastIds::bigint[], :forecast::bigint[]) as s
                        """)
                .param("runId", runId)
                .param("slices", array("int4", numbers))
                .param(
                        "lastIds",
                        array(
                                "int8",
                                numbers.stream()
                                        .map(forecast.slices()::lastIdOf)
                                        .toList()))
                .param("forecast", array("int8", forecast.usersExpired()))
                .update();
    }

    /** Returns the minimum number of slices if the run has none. */
    static Slices of(JdbcClient jdbc, long runId) {
        List<Long> lastIds =
                jdbc.sql("""
                        select last_id from credit_rollover_slices where run_id = :runId and slice % 2 = 0
                        order by slice
                        """).param("runId", runId).query(Long.class).list();
        return new Slices(lastIds.isEmpty() ? lastIds : lastIds.subList(0, lastIds.size() - 1));
    }

    /** Counts in the chunk's transaction. Locks in slice order, so chunks cannot deadlock. */
    static void add(JdbcClient jdbc, long runId, SortedMap<Integer, Long> expiredBySlice) {
        jdbc.sql("""
                        select from credit_rollover_slices where run_id = :runId and slice = any(:slices::int[])
                        order by slice for no key update
                        """)
                .param("runId", runId)
                .param("slices", array("int4", List.copyOf(expiredBySlice.keySet())))
                .query()
                .listOfRows();
        jdbc.sql("""
                        update credit_rollover_slices s set users_expired = s.users_expired + e.users
                        from unnest(:slices::int[], :users::bigint[]) as e (slice, users)
                        where s.run_id = :runId and s.slice = e.slice
                        """)
                .param("runId", runId)
                .param("slices", array("int4", List.copyOf(expiredBySlice.keySet())))
                .param("users", array("int8", List.copyOf(expiredBySlice.values())))
                .update();
    }

    private static SqlArrayValue array(String type, List<?> values) {
        return new SqlArrayValue(type, values.toArray());
    }

    static Excess excess(JdbcClient jdbc, long runId) {
        return jdbc.sql("""
                        select coalesce(sum(greatest(users_expired - users_forecast, 0)), 0)::bigint as expired_beyond,
                               coalesce(sum(users_forecast), 0)::bigint as forecast
                        from credit_rollover_slices where run_id = :runId
                        """).param("runId", runId).query(Excess.class).single();
    }
}
