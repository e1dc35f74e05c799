package io.creditrollover.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Users expired by a run, and how many paid again. Counted anew until the run is older than the last two months, then
 * stored.
 *
 * @param rolloverDate of the next month; its report shows them
 */
public record WinBack(LocalDate rolloverDate, long usersExpiredBefore, long usersCameBack) {
    static final String MEANING =
            "Win-back: users whose credits expired a month earlier and who paid for any plan in the month after that. Counted "
                    + "again for the last two months only; earlier months are as stored.";

    /** @param usersCameBack null until stored */
    private record Earlier(
            long id,
            LocalDate rolloverDate,
            String zone,
            Instant cutoff,
            long usersExpired,
            @Nullable Long usersCameBack,
            boolean open) {
        LocalDate told() {
            return rolloverDate.plusMonths(1);
        }

        /** Java computes the month's end: PostgreSQL may read the zone differently. */
        Instant ends() {
            return told().atStartOfDay(ZoneId.of(zone)).toInstant();
        }
    }

    /** Returns the run's month and up to eleven before, earliest first; omits months without a run or a figure. */
    static List<WinBack> upTo(long runId, JdbcClient jdbc) {
        return earlier("""
                        this.id = :runId and r.rollover_date < this.rollover_date
                        and r.rollover_date >= this.rollover_date - interval '12 months'
                        """, runId, jdbc).stream()
                .filter(run -> run.usersExpired() > 0 && (run.usersCameBack() != null || run.open()))
                .map(run -> new WinBack(run.told(), run.usersExpired(), cameBack(run, jdbc)))
                .toList();
    }

    /** Returns how many users of the run came back, if the run is older than the last two months; else null. */
    static @Nullable Long closing(long runId, JdbcClient jdbc) {
        return earlier("this.id = :runId and r.id = this.id", runId, jdbc).stream()
                .filter(run -> !run.open())
                .map(run -> cameBack(run, jdbc))
                .findFirst()
                .orElse(null);
    }

    private static List<Earlier> earlier(String which, long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        select r.id, r.rollover_date, r.zone, r.cutoff, r.users_expired, f.users_came_back, %s as open
                        from credit_rollover_runs this, credit_rollover_runs r
                        left join credit_rollover_figures f on f.run_id = r.id
                        where r.mode = 'live' and r.status = 'COMPLETED' and %s
                        order by r.rollover_date
                        """.formatted(FiguresTable.IS_OPEN, which))
                .param("runId", runId)
                .query((rs, row) -> new Earlier(
                        rs.getLong("id"),
                        rs.getObject("rollover_date", LocalDate.class),
                        rs.getString("zone"),
                        rs.getObject("cutoff", OffsetDateTime.class).toInstant(),
                        rs.getLong("users_expired"),
                        rs.getObject("users_came_back", Long.class),
                        rs.getBoolean("open")))
                .list();
    }

    /** By date too: without it the planner could read the events of all months. */
    private static long cameBack(Earlier run, JdbcClient jdbc) {
        if (run.usersCameBack() != null) {
            return run.usersCameBack();
        }
        return jdbc.sql("""
                        select count(*) from credit_rollover_events e
                        where e.run_id = :runId and e.rollover_date = :date and e.action = 'expiry'
                          and e.user_id in (
                              select p.user_id from payments p
                              where p.payment_status::text = 'paid' and p.created_at >= :begins and p.created_at < :ends)
                        """)
                .param("runId", run.id())
                .param("date", run.rolloverDate())
                .param("begins", OffsetDateTime.ofInstant(run.cutoff(), ZoneOffset.UTC))
                .param("ends", OffsetDateTime.ofInstant(run.ends(), ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }
}
