package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Slices of the users in scope by id, of at most ten thousand users each when they were cut. A forecast counts by them and
 * a run is held against that; partitions are made of whole ones. Together they cover every id.
 *
 * @param bounds the last id of each slice but the final one, which is open; ascending
 */
public record Slices(List<Long> bounds) {
    private static final int MAX_USERS = 10_000;

    public Slices {
        bounds = List.copyOf(bounds);
    }

    /**
     * Cuts the users in scope into at least so many slices, or fewer where there are few users. Reads only, in the caller's
     * transaction.
     */
    public static Slices cut(JdbcClient jdbc, RolloverPolicy policy, int atLeast) {
        return new Slices(jdbc.sql("""
                        select id from (
                            select id, row_number() over (order by id) as number, count(*) over () as users from users
                            where credits > 0 and (created_at < :cutoff or created_at is null)) as in_scope
                        where number % least(:maxUsers, greatest(1, users / :atLeast)) = 0 and number < users
                        order by id
                        """)
                .param("cutoff", OffsetDateTime.ofInstant(policy.cutoff(), ZoneOffset.UTC))
                .param("maxUsers", MAX_USERS)
                .param("atLeast", atLeast)
                .query((rs, row) -> rs.getLong("id"))
                .list());
    }

    /** Returns how many there are, at least 1. */
    public int count() {
        return bounds.size() + 1;
    }

    /** Returns the last id of a slice; that of the final one is the greatest there can be. */
    public long lastId(int slice) {
        return slice < bounds.size() ? bounds.get(slice) : Long.MAX_VALUE;
    }

    /** Returns the number of the slice that a user lies in. */
    public int of(long userId) {
        int found = Arrays.binarySearch(bounds.toArray(), userId);
        return found >= 0 ? found : -found - 1;
    }

    /** Returns so many key ranges of whole slices, or fewer, each of about as many slices. */
    List<KeyRange> ranges(int count) {
        List<KeyRange> ranges = new ArrayList<>();
        int made = Math.min(count, count());
        long after = Long.MIN_VALUE;
        for (int i = 1; i <= made; i++) {
            long upTo = lastId((int) ((long) count() * i / made) - 1);
            ranges.add(new KeyRange(after, upTo));
            after = upTo;
        }
        return ranges;
    }

    /** Returns the bounds that lie within a range of whole slices; its own end is none. */
    List<Long> within(KeyRange range) {
        return bounds.stream()
                .filter(bound -> bound > range.after() && bound < range.upTo())
                .toList();
    }
}
