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
 * The partitions of a run; they cover every id. Frozen in the job's context before the first chunk: Batch partitions
 * again at each restart, and saved positions fit only the same partitions.
 */
public final class KeyRangePartitioner implements Partitioner {
    private static final String KEY = "rollover.bounds";
    /** Keeps partitions short: pages stay in memory for the odd ids, and threads finish together. */
    private static final int MAX_PARTS = 25;

    private final List<Long> bounds;

    /** Bounds are inclusive ends; none makes one partition. */
    KeyRangePartitioner(List<Long> bounds) {
        this.bounds = bounds.stream().distinct().sorted().toList();
    }

    /** Returns at least {@code atLeast} partitions, more if they would be large. */
    static KeyRangePartitioner of(Slices slices, int atLeast) {
        int count = Math.max(atLeast, (slices.bounds().size() + MAX_PARTS) / MAX_PARTS);
        List<KeyRange> ranges = slices.ranges(count);
        return new KeyRangePartitioner(ranges.subList(0, ranges.size() - 1).stream()
                .map(KeyRange::upTo)
                .toList());
    }

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

    ExecutionContext contextOf(String stepName) {
        String range = stepName.substring(stepName.lastIndexOf(':') + 1);
        return Objects.requireNonNull(partition(0).get(range), stepName);
    }

    /** Ignores {@code gridSize}: the partitions are frozen. */
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
