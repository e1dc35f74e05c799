package io.creditrollover;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything a run leaves behind, without what differs between two runs of the same month: ids of events, instants of
 * writing. Two of them are equal where the months ended alike.
 *
 * @param balances by user
 * @param events by user, in their order
 * @param skips reason code by user
 * @param figures of the run's row
 */
public record Month(
        Map<Long, Integer> balances, Map<Long, List<Event>> events, Map<Long, String> skips, Figures figures) {

    /** A row of {@code credit_rollover_events}. */
    public record Event(
            long userId,
            int creditsBefore,
            int creditsAfter,
            String action,
            @Nullable String eligiblePlanType,
            String reasonCode,
            @Nullable Long paymentId,
            int creditsProtected) {}

    /** The figures of section 6, as the run's row has them. */
    public record Figures(
            String status,
            long usersProcessed,
            long usersRolledOver,
            long usersExpired,
            long usersSkipped,
            long creditsBefore,
            long creditsRolledOver,
            long creditsExpired) {}

    /** Reads the one live run of a database. */
    public static Month of(TestDatabase database) {
        JdbcClient jdbc = database.jdbc();
        Map<Long, Integer> balances = new TreeMap<>();
        jdbc.sql("select id, credits from users").query(rs -> {
            balances.put(rs.getLong(1), rs.getInt(2));
        });
        Map<Long, List<Event>> events = new TreeMap<>();
        jdbc.sql("""
                        select user_id, credits_before, credits_after, action, eligible_plan_type, reason_code,
                               payment_id, credits_protected
                        from credit_rollover_events order by id
                        """).query(Event.class).list().forEach(event -> events.computeIfAbsent(
                        event.userId(), none -> new java.util.ArrayList<>())
                .add(event));
        Map<Long, String> skips = new TreeMap<>();
        jdbc.sql("select user_id, reason_code from credit_rollover_skips").query(rs -> {
            skips.put(rs.getLong(1), rs.getString(2));
        });
        Figures figures = jdbc.sql("""
                        select status, users_processed, users_rolled_over, users_expired, users_skipped,
                               credits_before, credits_rolled_over, credits_expired
                        from credit_rollover_runs where mode = 'live' and status <> 'UNDONE'
                        """).query(Figures.class).single();
        return new Month(balances, events, skips, figures);
    }

    /** The only event of a user. */
    public Event eventOf(HostFixture.User user) {
        List<Event> all = events.getOrDefault(user.id(), List.of());
        if (all.size() != 1) {
            throw new AssertionError("user " + user.id() + " has " + all.size() + " events: " + all);
        }
        return all.get(0);
    }
}
