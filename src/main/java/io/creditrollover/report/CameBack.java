package io.creditrollover.report;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whom a month's run expired, and who of them paid again.
 *
 * @param rolloverDate that of the month after, in whose report it is told
 */
public record CameBack(LocalDate rolloverDate, long usersExpiredBefore, long usersCameBack) {
    static final String MEANING =
            "Came back: users whose credits expired a month earlier and who paid for any plan within the month since.";

    /** Returns the run's month and up to eleven before it, the earliest first; months without a run are missing. */
    static List<CameBack> upTo(long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        with earlier as (
                            select r.id, (r.rollover_date + interval '1 month')::date as told, r.cutoff,
                                   (r.rollover_date + interval '1 month') at time zone r.zone as ends
                            from credit_rollover_runs r, credit_rollover_runs this
                            where this.id = :runId and r.mode = 'live' and r.status = 'COMPLETED'
                              and r.rollover_date < this.rollover_date
                              and r.rollover_date >= this.rollover_date - interval '12 months')
                        select r.told as rollover_date,
                               count(*) as users_expired_before,
                               count(*) filter (where exists (
                                   select from payments p
                                   where p.user_id = e.user_id and p.payment_status::text = 'paid'
                                     and p.created_at >= r.cutoff and p.created_at < r.ends)) as users_came_back
                        from earlier r join credit_rollover_events e on e.run_id = r.id and e.action = 'expiry'
                        group by r.told
                        order by r.told
                        """).param("runId", runId).query(CameBack.class).list();
    }
}
