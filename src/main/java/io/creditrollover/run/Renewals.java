package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
     * For one month, in the planner's units: some 400,000 payments by the index on their date, about half a second. A
     * forecast of a larger host, or of a view without an index, comes without renewals.
     */
    private static final double MAX_COST = 20_000;

    private static final String COUNT = """
            select count(distinct p.user_id) filter (where p.created_at < :then) as by_then,
                   count(distinct p.user_id) as in_all
            from payments p
            where p.payment_status::text = 'paid' and p.plan_type::text = any (:eligible::text[])
              and p.created_at >= :begins and p.created_at < :ends
            """;

    /**
     * An earlier calendar month.
     *
     * @param usersByThen who had paid by the same day and time
     * @param usersInAll who had paid by its end
     */
    public record Earlier(LocalDate since, long usersByThen, long usersInAll) {}

    /** Reads in the caller's transaction. Returns empty outside the month before the cut-off, or if it costs too much. */
    static Optional<Renewals> before(RolloverPolicy policy, Instant now, JdbcClient jdbc) {
        LocalDate since = policy.date().minusMonths(1);
        if (!now.isBefore(policy.cutoff()) || now.isBefore(startOf(since, policy)) || !isCheap(since, policy, jdbc)) {
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

    /** Plans the month before as well: early in a month its own part is small. */
    private static boolean isCheap(LocalDate since, RolloverPolicy policy, JdbcClient jdbc) {
        ScanCost cost = new ScanCost(jdbc);
        return Stream.of(since, since.minusMonths(1))
                .allMatch(month -> cost.of(COUNT, parameters(month, policy.cutoff(), policy)) <= MAX_COST);
    }

    private static Earlier count(LocalDate since, Instant then, RolloverPolicy policy, JdbcClient jdbc) {
        return jdbc.sql(COUNT)
                .params(parameters(since, then, policy))
                .query((rs, row) -> new Earlier(since, rs.getLong("by_then"), rs.getLong("in_all")))
                .single();
    }

    private static Map<String, Object> parameters(LocalDate since, Instant then, RolloverPolicy policy) {
        return Map.of(
                "then", at(then),
                "eligible", new SqlArrayValue("text", policy.eligiblePlanTypes().toArray()),
                "begins", at(startOf(since, policy)),
                "ends", at(startOf(since.plusMonths(1), policy)));
    }

    private static Instant startOf(LocalDate date, RolloverPolicy policy) {
        return date.atStartOfDay(policy.zone()).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
