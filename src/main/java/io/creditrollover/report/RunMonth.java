package io.creditrollover.report;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Totals of a run, in users, credits and paise. Earlier months include only completed live runs.
 *
 * @param creditsExpired caps included
 * @param expiredValuePaise see {@link #EXPIRED_VALUE}
 */
public record RunMonth(
        LocalDate rolloverDate,
        long usersRolledOver,
        long usersExpired,
        long usersSkipped,
        long creditsBefore,
        long creditsRolledOver,
        long creditsExpired,
        long revenueProtectedPaise,
        long revenueAtRiskPaise,
        long expiredValuePaise) {
    static final String REVENUE_PROTECTED =
            "Revenue protected: the payments by which users kept their credits, added up; later refunds are not taken off.";
    static final String REVENUE_AT_RISK =
            "Revenue at risk: the last payments of users who had an eligible plan and did not renew it in time.";
    static final String EXPIRED_VALUE =
            "Value expired (estimate): expired credits times the price of a credit in the user's last payment; "
                    + "credits of users who never paid count nothing. Less what was reinstated.";

    /** Returns the share of decided users with expired credits, 0 to 1. */
    public double expiredUsersShare() {
        return share(usersExpired, usersExpired + usersRolledOver);
    }

    /** Returns the expired share of their credits, 0 to 1. */
    public double expiredCreditsShare() {
        return share(creditsExpired, creditsBefore);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** Returns the completed live runs of the eleven months before, then the run. */
    static List<RunMonth> upTo(long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        with shown as (
                            select r.id, r.rollover_date
                            from credit_rollover_runs r, credit_rollover_runs this
                            where this.id = :runId
                              and (r.id = this.id
                                   or (r.mode = 'live' and r.status = 'COMPLETED'
                                       and r.rollover_date < this.rollover_date
                                       and r.rollover_date >= this.rollover_date - interval '11 months'))),
                        decided as (
                            select e.run_id, e.action, e.reason_code, e.credits_before, e.credits_after, e.payment_id
                            from credit_rollover_events e join shown s on s.id = e.run_id
                            where e.action in ('rollover', 'expiry')
                            union all
                            select run_id, action, reason_code, credits_before, credits_after, payment_id
                            from credit_rollover_dry_run_decisions where run_id = :runId)
                        select s.rollover_date,
                               count(*) filter (where d.action = 'rollover') as users_rolled_over,
                               count(*) filter (where d.action = 'expiry') as users_expired,
                               (select count(*) from credit_rollover_skips k where k.run_id = s.id) as users_skipped,
                               coalesce(sum(d.credits_before), 0)::bigint as credits_before,
                               coalesce(sum(d.credits_after), 0)::bigint as credits_rolled_over,
                               coalesce(sum(d.credits_before - d.credits_after), 0)::bigint as credits_expired,
                               coalesce(sum(p.amount) filter (where d.action = 'rollover'), 0)::bigint
                                   as revenue_protected_paise,
                               coalesce(sum(p.amount) filter (where d.reason_code = 'WINDOW_ELAPSED'), 0)::bigint
                                   as revenue_at_risk_paise,
                               coalesce(sum(round((d.credits_before - d.credits_after)::numeric
                                                  * p.amount / nullif(p.credits_added, 0)))
                                            filter (where p.amount > 0 and p.credits_added > 0), 0)::bigint
                                   as expired_value_paise
                        from shown s
                        left join decided d on d.run_id = s.id
                        left join payments p on p.id = d.payment_id
                        group by s.id, s.rollover_date
                        order by s.rollover_date
                        """).param("runId", runId).query(RunMonth.class).list();
    }
}
