package io.creditrollover.people;

import io.creditrollover.run.Snapshots;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Finds and erases the numbers of {@link PersonalColumns}. */
@Component
class PhoneNumbers {
    /** More users than this do not share a person's number, but a placeholder of the host. */
    static final int MAX_SHARING = 100;

    /** Explicit collations: the host's column may have any. */
    private static final String OF_USER = """
            select e.phone_number collate "C" from credit_rollover_events e
            where e.user_id = :id and e.phone_number is not null
            union
            select d.phone_number collate "C" from credit_rollover_runs r
            join credit_rollover_dry_run_decisions d on d.run_id = r.id and d.user_id = :id
            where r.mode = 'dry-run' and d.phone_number is not null
            union
            select u.phone_number::text collate "C" from users u where u.id = :id and u.phone_number is not null
            """;

    /** Scans the dry runs' decisions: their key begins with the run. */
    private static final String SHARING = """
            select user_id from credit_rollover_events where phone_number = any (:numbers) and user_id <> :id
            union
            select user_id from credit_rollover_dry_run_decisions where phone_number = any (:numbers) and user_id <> :id
            limit :max
            """;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;

    PhoneNumbers(JdbcClient jdbc, Snapshots snapshots) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
    }

    /** Hides the numbers. */
    record Found(List<String> numbers, List<Long> otherUsers) {
        boolean isShared() {
            return otherUsers.size() > MAX_SHARING;
        }

        @Override
        public String toString() {
            return "Found[" + numbers.size() + " numbers, others " + otherUsers + "]";
        }
    }

    /** The numbers of rows that changed. */
    record Erased(long events, long dryRunDecisions, long notices) {
        boolean isNothing() {
            return events + dryRunDecisions + notices == 0;
        }

        Erased plus(Erased other) {
            return new Erased(events + other.events, dryRunDecisions + other.dryRunDecisions, notices + other.notices);
        }

        String sentence() {
            return "erased the phone number in " + events + " events and " + dryRunDecisions + " decisions of dry runs"
                    + (notices == 0 ? "" : ", and the address in " + notices + " notices");
        }
    }

    /** Returns all numbers that the user has or had, and other users with rows of these numbers. A long read. */
    Found of(long userId) {
        return snapshots.read(() -> {
            List<String> numbers =
                    jdbc.sql(OF_USER).param("id", userId).query(String.class).list();
            List<Long> others = numbers.isEmpty()
                    ? List.of()
                    : jdbc.sql(SHARING)
                            .param("numbers", texts(numbers))
                            .param("id", userId)
                            .param("max", MAX_SHARING + 1)
                            .query(Long.class)
                            .list();
            return new Found(numbers, others);
        });
    }

    /**
     * Blocks chunks of runs and undos until the transaction ends, and waits for those at work. Must be the first lock of
     * the transaction. An undo copies numbers from events: each of its chunks locks its token, then reads the events.
     * So it either commits before this returns, and the erasure sees its reversals, or it reads erased events. A table
     * lock, because a row lock could wait for ever while several threads share the row.
     */
    void blockChunks() {
        jdbc.sql("lock table credit_rollover_tokens in exclusive mode").update();
    }

    /** Erases all numbers of these users. Needs {@link #blockChunks}. */
    Erased erase(Collection<Long> userIds) {
        return erase(userIds, "true", List.of());
    }

    /** Erases these numbers in the rows of these users. Needs {@link #blockChunks}. */
    Erased erase(Collection<Long> userIds, List<String> numbers) {
        return erase(userIds, "n.phone_number = any (:numbers)", numbers);
    }

    /** As {@link #erase(Collection)}, but spares users whom the host has inserted again. */
    Erased eraseDeleted(Collection<Long> userIds) {
        return erase(userIds, "not exists (select from users u where u.id = n.user_id)", List.of());
    }

    private Erased erase(Collection<Long> userIds, String condition, List<String> numbers) {
        if (userIds.isEmpty()) {
            return new Erased(0, 0, 0);
        }
        int events = update("""
                update credit_rollover_events n set phone_number = null
                where n.user_id = any (:ids) and n.phone_number is not null and %s
                """, condition, userIds, numbers);
        int decisions = update("""
                update credit_rollover_dry_run_decisions n set phone_number = null
                where (n.run_id, n.user_id) in (select r.id, i.id from credit_rollover_runs r, unnest(:ids) as i (id)
                                            where r.mode = 'dry-run')
                  and n.phone_number is not null and %s
                """, condition, userIds, numbers);
        return new Erased(events, decisions, numbers.isEmpty() ? eraseAddresses(condition, userIds) : 0);
    }

    /** Addresses belong to the user of the notice only. Jumps from date to date in the primary key. */
    private int eraseAddresses(String condition, Collection<Long> userIds) {
        return update("""
                with recursive dates (rollover_date) as (
                    (select rollover_date from credit_rollover_notices order by rollover_date limit 1)
                    union all
                    select (select t.rollover_date from credit_rollover_notices t
                            where t.rollover_date > dates.rollover_date order by t.rollover_date limit 1)
                    from dates where dates.rollover_date is not null)
                update credit_rollover_notices n set address = null
                where (n.rollover_date, n.user_id) in (select d.rollover_date, i.id
                                                       from dates d, unnest(:ids) as i (id))
                  and n.channel <> 'webhook' and n.address is not null and %s
                """, condition, userIds, List.of());
    }

    private int update(String sql, String condition, Collection<Long> userIds, List<String> numbers) {
        return jdbc.sql(sql.formatted(condition))
                .param("ids", new SqlArrayValue("int8", userIds.toArray()))
                .param("numbers", texts(numbers))
                .update();
    }

    private static SqlArrayValue texts(List<String> values) {
        return new SqlArrayValue("text", values.toArray());
    }
}
