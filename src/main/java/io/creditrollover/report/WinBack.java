package io.creditrollover.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Users expired by a run, and how many paid again.
 *
 * @param rolloverDate of the next month; its report shows them
 */
public record WinBack(LocalDate rolloverDate, long usersExpiredBefore, long usersCameBack) {
    static final String MEANING =
            "Win-back: users whose credits expired a month earlier and who paid for any plan in the month after that.";

    /** Returns the run's month and up to eleven before, earliest first; omits months without a run. */
    static List<WinBack> upTo(long runId, JdbcClient jdbc) {
        List<Earlier> earlier =
                jdbc.sql("""
                        select r.id, r.rollover_date, r.zone
                        from credit_rollover_runs r, credit_rollover_runs this
                        where this.id = :runId and r.mode = 'live' and r.status = 'COMPLETED'
                          and r.rollover_date < this.rollover_date
                          and r.rollover_date >= this.rollover_date - interval '12 months'
                        """).param("runId", runId).query(Earlier.class).list();
        return jdbc.sql("""
                        with earlier as (
                            select r.id, r.cutoff, told.date as told, told.ends
                            from unnest(:runIds::bigint[], :told::date[], :ends::timestamptz[]) as told (id, date, ends)
                            join credit_rollover_runs r on r.id = told.id)
                        select r.told as rollover_date,
                               count(*) as users_expired_before,
                               count(*) filter (where exists (
                                   select from payments p
                                   where p.user_id = e.user_id and p.payment_status::text = 'paid'
                                     and p.created_at >= r.cutoff and p.created_at < r.ends)) as users_came_back
                        from earlier r join credit_rollover_events e on e.run_id = r.id and e.action = 'expiry'
                        group by r.told
                        order by r.told
                        """)
                .param("runIds", array("bigint", earlier, Earlier::id))
                .param("told", array("date", earlier, run -> run.told().toString()))
                .param("ends", array("timestamptz", earlier, run -> run.ends().toString()))
                .query(WinBack.class)
                .list();
    }

    private static SqlArrayValue array(String type, List<Earlier> runs, Function<Earlier, Object> value) {
        return new SqlArrayValue(type, runs.stream().map(value).toArray());
    }

    /** Java computes the month's end: PostgreSQL may read the zone differently. */
    private record Earlier(long id, LocalDate rolloverDate, String zone) {
        LocalDate told() {
            return rolloverDate.plusMonths(1);
        }

        Instant ends() {
            return told().atStartOfDay(ZoneId.of(zone)).toInstant();
        }
    }
}
