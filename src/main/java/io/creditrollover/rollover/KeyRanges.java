package io.creditrollover.rollover;

import static java.util.stream.Collectors.joining;

import io.creditrollover.decision.RolloverPolicy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The ranges of a run. They are frozen in the job's context before the first chunk, since Spring Batch asks for the
 * partitions again at each restart and the saved positions only fit the same ranges. Together they cover every id.
 */
public final class KeyRanges implements Partitioner {
    private static final String KEY = "rollover.bounds";
    private static final double SAMPLE_USERS = 100_000;
    /** A range of so many is done in seconds: its pages are still in memory for its second half, and nobody is idle for long at the end. */
    private static final double MOST_USERS = 125_000;

    private final List<Integer> bounds;

    /** Ranges that meet at {@code bounds}, ascending; one range where there is none. */
    KeyRanges(List<Integer> bounds) {
        this.bounds = bounds.stream().distinct().sorted().toList();
    }

    /**
     * Cuts the users in scope into ranges for one chunk after the other: so many, and more where they would be large. Reads
     * only, in the caller's transaction.
     */
    static KeyRanges forChunks(JdbcClient jdbc, RolloverPolicy policy, int atLeast) {
        return cut(jdbc, policy, Math.max(atLeast, (int) Math.ceil(users(jdbc) / MOST_USERS)));
    }

    /**
     * Cuts the users in scope into so many ranges, or fewer, of about equal size. Of a large table a sample of its pages is
     * looked at; reads only, in the caller's transaction.
     */
    static KeyRanges cut(JdbcClient jdbc, RolloverPolicy policy, int count) {
        double users = users(jdbc);
        Object[] shares =
                IntStream.range(1, count).mapToObj(i -> (double) i / count).toArray();
        return new KeyRanges(jdbc.sql("""
                        select percentile_disc(:shares::float8[]) within group (order by id)
                        from users tablesample system (:percent::real) repeatable (1)
                        where credits > 0 and (created_at < :cutoff or created_at is null)
                        """)
                .param("shares", new SqlArrayValue("float8", shares))
                .param("percent", users <= SAMPLE_USERS ? 100 : 100 * SAMPLE_USERS / users)
                .param("cutoff", OffsetDateTime.ofInstant(policy.cutoff(), ZoneOffset.UTC))
                .query((rs, row) -> rs.getArray(1) == null
                        ? List.<Integer>of()
                        : Arrays.asList((Integer[]) rs.getArray(1).getArray()))
                .single());
    }

    /** Rows when the table was last vacuumed or analysed; less than none where it never was. */
    private static double users(JdbcClient jdbc) {
        return jdbc.sql("select reltuples::float8 from pg_class where oid = 'users'::regclass")
                .query(Double.class)
                .single();
    }

    /** Returns the ranges frozen in a job's context. */
    static KeyRanges frozenIn(ExecutionContext job) {
        String text = job.getString(KEY, "");
        return new KeyRanges(
                text.isEmpty()
                        ? List.of()
                        : Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
    }

    static boolean areFrozenIn(ExecutionContext job) {
        return job.containsKey(KEY);
    }

    void freezeIn(ExecutionContext job) {
        job.putString(KEY, bounds.stream().map(String::valueOf).collect(joining(",")));
    }

    List<KeyRange> ranges() {
        List<KeyRange> ranges = new ArrayList<>();
        int after = Integer.MIN_VALUE;
        for (int bound : bounds) {
            ranges.add(new KeyRange(after, bound));
            after = bound;
        }
        ranges.add(new KeyRange(after, Integer.MAX_VALUE));
        return ranges;
    }

    /** Returns the context with which the range of a step begins. */
    ExecutionContext contextOf(String stepName) {
        String range = stepName.substring(stepName.lastIndexOf(':') + 1);
        return Objects.requireNonNull(partition(0).get(range), stepName);
    }

    /** Returns one context for each frozen range, whatever grid size is asked for. */
    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> contexts = new HashMap<>();
        List<KeyRange> ranges = ranges();
        for (int i = 0; i < ranges.size(); i++) {
            contexts.put("range" + i, ranges.get(i).toContext());
        }
        return contexts;
    }
}
