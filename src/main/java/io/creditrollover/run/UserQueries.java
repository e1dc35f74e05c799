package io.creditrollover.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Finds users by id or phone number; deleted ones by their events. Reads only. */
@Component
class UserQueries {
    /** More than a person reads. */
    static final int MAX_FOUND = 50;

    /** The host's number as digits, for any column type, without leading zeros. */
    private static final String DIGITS = "ltrim(regexp_replace(phone_number::text, '\\D', '', 'g'), '0')";

    private final JdbcClient jdbc;
    private final Snapshots snapshots;

    UserQueries(JdbcClient jdbc, Snapshots snapshots) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
    }

    /** Looks up the primary key; for deleted users, one index lookup for each run. */
    List<FoundUser> withId(long id) {
        return jdbc.sql("""
                        select id, phone_number::text as phone_number, true as present from users where id = :id
                        union all
                        (select e.user_id, e.phone_number, false
                         from credit_rollover_runs r join credit_rollover_events e on e.run_id = r.id and e.user_id = :id
                         where not exists (select from users where id = :id)
                         order by e.id desc limit 1)
                        """).param("id", id).query(UserQueries::user).list();
    }

    /**
     * One index lookup for each spelling with an index on a text column; else a scan. A deleted user is one whose id is
     * looked up in vain: as an anti-join the planner would read all users, since thousands of spellings look like many events.
     */
    List<FoundUser> spelt(Collection<String> spellings) {
        return snapshots.read(() -> jdbc.sql("""
                        select id, phone_number::text as phone_number, true as present from users
                        where phone_number::text = any (:spellings)
                        union all
                        select * from (
                            select distinct on (e.user_id) e.user_id, e.phone_number, false from credit_rollover_events e
                            where e.phone_number = any (:spellings)
                              and (select u.id from users u where u.id = e.user_id) is null
                            order by e.user_id) as deleted
                        order by id limit :most
                        """)
                .param("spellings", new SqlArrayValue("text", spellings.toArray()))
                .param("most", MAX_FOUND)
                .query(UserQueries::user)
                .list());
    }

    /** Finds deleted users by the decisions of dry runs, which it scans. {@code id} may be null. */
    List<FoundUser> inDryRuns(@Nullable Long id, Collection<String> spellings) {
        return snapshots.read(() -> jdbc.sql("""
                        select distinct on (d.user_id) d.user_id as id, d.phone_number, false as present
                        from credit_rollover_dry_run_decisions d
                        where (d.user_id = :id::bigint or d.phone_number = any (:spellings))
                          and not exists (select from users u where u.id = d.user_id)
                        order by d.user_id limit :most
                        """)
                .param("id", id)
                .param("spellings", new SqlArrayValue("text", spellings.toArray()))
                .param("most", MAX_FOUND)
                .query(UserQueries::user)
                .list());
    }

    /** Scans users, for numbers stored with separators. */
    List<FoundUser> withDigits(PhoneSpellings number) {
        boolean comparable = number.digits().length() >= PhoneSpellings.MIN_COMPARABLE;
        return snapshots.read(() -> jdbc.sql("""
                        select id, phone_number, true as present from (
                            select id, phone_number::text as phone_number, %s as digits from users
                            where phone_number is not null) as numbered
                        where digits = :digits
                           or :comparable and length(digits) >= :minLength
                              and abs(length(digits) - length(:digits)) <= :maxLeftOut
                              and (right(digits, length(:digits)) = :digits
                                   or right(:digits, length(digits)) = digits)
                        order by id limit :most
                        """.formatted(DIGITS))
                .param("digits", number.digits())
                .param("comparable", comparable)
                .param("minLength", PhoneSpellings.MIN_COMPARABLE)
                .param("maxLeftOut", PhoneSpellings.MAX_LEFT_OUT)
                .param("most", MAX_FOUND)
                .query(UserQueries::user)
                .list());
    }

    /** Scans users. */
    List<FoundUser> endingWith(String lastFour) {
        return snapshots.read(() -> jdbc.sql("""
                        select id, phone_number::text as phone_number, true as present from users
                        where right(regexp_replace(phone_number::text, '\\D', '', 'g'), 4) = :lastFour
                        order by id limit :most
                        """)
                .param("lastFour", lastFour)
                .param("most", MAX_FOUND)
                .query(UserQueries::user)
                .list());
    }

    private static FoundUser user(ResultSet rs, int row) throws SQLException {
        return FoundUser.of(rs.getLong("id"), rs.getString("phone_number"), rs.getBoolean("present"));
    }
}
