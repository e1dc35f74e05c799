package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * How to read a forecast before its cut-off: most users have not paid yet. Counts users with a paid payment for a plan
 * that is eligible in the forecast.
 *
 * @param since the first day of the calendar month before the rollover date
 * @param users who have paid since
 * @param earlier the months before, the latest first; none before the first payment
 */
public record Renewals(LocalDate since, long users, List<Earlier> earlier) {
    private static final int EARLIER_MONTHS = 2;

    /**
     * An earlier calendar month.
     *
     * @param usersByThen who had paid by the same day and time
     * @param usersInAll who had paid by its end
     */
    public record Earlier(LocalDate since, long usersByThen, long usersInAll) {}

    /** Reads in the caller's transaction. Returns empty outside the month before the cut-off. */
    static Optional<Renewals> before(RolloverPolicy policy, Instant now, JdbcClient jdbc) {
        LocalDate since = policy.date().minusMonths(1);
        if (!now.isBefore(policy.cutoff()) || now.isBefore(startOf(since, policy))) {
            return Optional.empty();
        }
        List<Earlier> earlier = new ArrayList<>();
        LocalDateTime local = LocalDateTime.ofInstant(now, policy.zone());
        for (int back = 1; back <= EARLIER_MONTHS; back++) {
            // The 31st has no counterpart in a month of 30 days: minusMonths takes its last day.
            Instant then = local.minusMonths(back).atZone(policy.zone()).toInstant();
            Earlier month = count(since.minusMonths(back), then, policy, jdbc);
            if (month.usersInAll() == 0) {
                break;
            }
            earlier.add(month);
        }
        return Optional.of(new Renewals(since, count(since, now, policy, jdbc).usersByThen(), earlier));
    }

    private static Earlier count(LocalDate since, Instant then, RolloverPolicy policy, JdbcClient jdbc) {
        return jdbc.sql("""
                        select count(distinct p.user_id) filter (where p.created_at < :then) as by_then,
                               count(distinct p.user_id) as in_all
                        from payments p
                        where p.payment_status::text = 'paid' and p.plan_type::text = any (:eligible::text[])
                          and p.created_at >= :begins and p.created_at < :ends
                        """)
                .param("then", at(then))
                .param(
                        "eligible",
                        new SqlArrayValue("text", policy.eligiblePlanTypes().toArray()))
                .param("begins", at(startOf(since, policy)))
                .param("ends", at(startOf(since.plusMonths(1), policy)))
                .query((rs, row) -> new Earlier(since, rs.getLong("by_then"), rs.getLong("in_all")))
                .single();
    }

    private static Instant startOf(LocalDate date, RolloverPolicy policy) {
        return date.atStartOfDay(policy.zone()).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
