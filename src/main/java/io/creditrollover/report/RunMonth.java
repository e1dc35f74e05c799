package io.creditrollover.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.UsualShare;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Totals of a run, in users, credits and paise. Earlier months include only completed live runs.
 *
 * @param revenueProtectedPaise null, as the next two, if the run's figures are not stored
 * @param expiredValuePaise see {@link #EXPIRED_VALUE}
 */
public record RunMonth(
        LocalDate rolloverDate,

        @JsonUnwrapped @JsonIgnoreProperties("usersProcessed")
        Totals totals,

        @Nullable Long revenueProtectedPaise,
        @Nullable Long revenueAtRiskPaise,
        @Nullable Long expiredValuePaise) {
    static final String REVENUE_PROTECTED =
            "Revenue protected: the sum of the payments by which credits rolled over. Later refunds are not subtracted.";
    static final String REVENUE_AT_RISK =
            "Revenue at risk: the last payments of users who had an eligible plan and did not renew it in time.";
    static final String EXPIRED_VALUE =
            "Value expired (estimate): expired credits times the price of a credit in the user's last payment, minus the "
                    + "reinstated ones. Credits of users who never paid count as zero.";

    /** Returns the share of decided users with expired credits, 0 to 1. */
    public double expiredUsersShare() {
        return UsualShare.expiredUsers(totals).value();
    }

    private static RunMonth of(ResultSet rs, int row) throws SQLException {
        return new RunMonth(
                rs.getObject("rollover_date", LocalDate.class),
                Totals.of(rs),
                rs.getObject("revenue_protected_paise", Long.class),
                rs.getObject("revenue_at_risk_paise", Long.class),
                rs.getObject("expired_value_paise", Long.class));
    }

    /** Returns the run as computed now. */
    static RunMonth of(LocalDate date, DecisionSums sums) {
        Revenue revenue = sums.revenue();
        return new RunMonth(
                date,
                new Totals(
                        sums.users("rollover"),
                        sums.users("expiry"),
                        sums.users("skip"),
                        sums.creditsBefore(),
                        sums.creditsAfter(),
                        sums.creditsBefore() - sums.creditsAfter()),
                revenue.protectedPaise(),
                revenue.atRiskPaise(),
                revenue.expiredValuePaise());
    }

    /** Returns the completed live runs of the eleven months before, then the run, from their rows. */
    static List<RunMonth> upTo(long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        select r.rollover_date, r.users_rolled_over, r.users_expired, r.users_skipped, r.credits_before,
                               r.credits_rolled_over, r.credits_expired,
                               (f.figures -> 'revenue' ->> 'protectedPaise')::bigint as revenue_protected_paise,
                               (f.figures -> 'revenue' ->> 'atRiskPaise')::bigint as revenue_at_risk_paise,
                               (f.figures -> 'revenue' ->> 'expiredValuePaise')::bigint as expired_value_paise
                        from credit_rollover_runs this
                        join credit_rollover_runs r
                          on r.id = this.id
                          or (r.mode = 'live' and r.status = 'COMPLETED'
                              and r.rollover_date < this.rollover_date
                              and r.rollover_date >= this.rollover_date - interval '11 months')
                        left join credit_rollover_figures f on f.run_id = r.id
                        where this.id = :runId
                        order by r.rollover_date
                        """).param("runId", runId).query(RunMonth::of).list();
    }
}
