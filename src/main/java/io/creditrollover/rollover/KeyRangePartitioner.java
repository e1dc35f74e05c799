package io.creditrollover.rollover;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The ranges of a run. They are frozen in the job's context before the first chunk, since Spring Batch asks for the
 * partitions again at each restart and the saved positions only fit the same ranges. Together they cover every id.
 */
public final class KeyRangePartitioner implements Partitioner {
    private static final String KEY = "rollover.bounds";
    /** A range of so many is done in seconds: its pages are still in memory for its second half, and nobody is idle for long at the end. */
    private static final int MAX_PARTS = 25;

    private final List<Long> bounds;

    /** Ranges that meet at {@code bounds}, ascending; one range where there is none. */
    KeyRangePartitioner(List<Long> bounds) {
        this.bounds = bounds.stream().distinct().sorted().toList();
    }

    /** Returns ranges for one chunk after the other: so many, and more where they would be large. */
    static KeyRangePartitioner of(Slices slices, int atLeast) {
        int count = Math.max(atLeast, (slices.bounds().size() + MAX_PARTS) / MAX_PARTS);
        List<KeyRange> ranges = slices.ranges(count);
        return new KeyRangePartitioner(ranges.subList(0, ranges.size() - 1).stream()
                .map(KeyRange::upTo)
                .toList());
    }

    /** Returns the ranges frozen in a job's context. */
    static KeyRangePartitioner frozenIn(ExecutionContext job) {
        String text = job.getString(KEY, "");
        return new KeyRangePartitioner(
                text.isEmpty()
                        ? List.of()
                        : Arrays.stream(text.split(",")).map(Long::valueOf).toList());
    }

    static boolean areFrozenIn(ExecutionContext job) {
        return job.containsKey(KEY);
    }

    void freezeIn(ExecutionContext job) {
        job.putString(KEY, bounds.stream().map(String::valueOf).collect(joining(",")));
    }

    List<KeyRange> ranges() {
        List<KeyRange> ranges = new ArrayList<>();
        long after = Long.MIN_VALUE;
        for (long bound : bounds) {
            ranges.add(new KeyRange(after, bound));
            after = bound;
        }
        ranges.add(new KeyRange(after, Long.MAX_VALUE));
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
