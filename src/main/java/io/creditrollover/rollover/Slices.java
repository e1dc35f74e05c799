package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Slices of the users in scope. A part has at most 5,000 users at the time of the cut; its even and its odd ids are one
 * slice each. A forecast counts by slice and the run is compared with it. Partitions are whole parts. Together they
 * cover every id.
 *
 * <p>A run decides even ids first: an excess among them must not use up the forecast of odd ones.
 *
 * @param bounds the last id of each part except the open final one; ascending
 */
public record Slices(List<Long> bounds) {
    private static final int MAX_USERS = 5_000;

    public Slices {
        bounds = List.copyOf(bounds);
    }

    /** Makes at least {@code atLeast} parts, or fewer for few users. Reads only, in the caller's transaction. */
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

    /** Returns the number of slices, at least 2. */
    public int count() {
        return 2 * (bounds.size() + 1);
    }

    /** Returns a user's slice. */
    public int of(long userId) {
        return 2 * part(userId) + (int) (userId & 1);
    }

    private int part(long userId) {
        int found = Collections.binarySearch(bounds, userId);
        return found >= 0 ? found : -found - 1;
    }

    /** Returns the last id of a slice's part; {@link Long#MAX_VALUE} for the final one. */
    public long lastIdOf(int slice) {
        return lastId(slice / 2);
    }

    private long lastId(int part) {
        return part < bounds.size() ? bounds.get(part) : Long.MAX_VALUE;
    }

    /** Returns up to {@code count} ranges with about equal numbers of whole parts. */
    List<KeyRange> ranges(int count) {
        List<KeyRange> ranges = new ArrayList<>();
        long parts = bounds.size() + 1L;
        long made = Math.min(count, parts);
        long after = Long.MIN_VALUE;
        for (int i = 1; i <= made; i++) {
            long upTo = lastId((int) (parts * i / made) - 1);
            ranges.add(new KeyRange(after, upTo));
            after = upTo;
        }
        return ranges;
    }

    /** Omits the range's own end. */
    List<Long> within(KeyRange range) {
        return bounds.stream()
                .filter(bound -> bound > range.after() && bound < range.upTo())
                .toList();
    }

    int firstPart(KeyRange range) {
        return range.after() == Long.MIN_VALUE ? 0 : part(range.after()) + 1;
    }
}
