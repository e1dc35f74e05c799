package io.creditrollover.report;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Payments of a calendar month in the business zone. All months use the eligible plans of the reported run, so they are
 * comparable.
 *
 * @param rolloverDate the day after the month
 * @param usersConverted see {@link #CONVERSION}
 * @param usersOnOtherPlans base of the conversion
 * @param usersRenewed see {@link #RENEWALS}
 */
public record PaymentMonth(
        LocalDate rolloverDate, long usersConverted, long usersOnOtherPlans, long usersRenewed, long renewedPaise) {
    static final String CONVERSION =
            "Conversion: users who moved to an eligible plan in the month, from another plan such as starter. The total "
                    + "also contains users who paid for another plan in the month.";
    static final String RENEWALS =
            "Renewals: users who paid for an eligible plan in the month and whose payment before it was also for an "
                    + "eligible plan, with the amount.";

    private static final int MONTHS = 12;

    private static final String FIGURES = """
            with this as (
                select cutoff, policy from credit_rollover_runs where id = :runId),
            eligible as (
                select plan.key as plan_type from this, jsonb_each(policy -> 'plans') as plan
                where (plan.value ->> 'eligible')::boolean),
            months as (
                select * from unnest(:dates::date[], :begins::timestamptz[], :ends::timestamptz[])
                           as m (rollover_date, begins, ends)),
            paid as (
                select user_id, amount, created_at, eligible,
                       lag(eligible) over (partition by user_id order by created_at, id) as eligible_before
                from (select p.id, p.user_id, p.amount, p.created_at,
                             p.plan_type::text in (select plan_type from eligible) as eligible
                      from payments p, this
                      where p.payment_status::text = 'paid' and p.created_at < this.cutoff) as judged)
            select m.rollover_date,
                   count(distinct user_id) filter (where eligible and not eligible_before)
                       as users_converted,
                   count(distinct user_id) filter (where not eligible or not eligible_before)
                       as users_on_other_plans,
                   count(distinct user_id) filter (where eligible and eligible_before) as users_renewed,
                   coalesce(sum(amount) filter (where eligible and eligible_before), 0)::bigint
                       as renewed_paise
            from months m left join paid on paid.created_at >= m.begins and paid.created_at < m.ends
            group by m.rollover_date
            order by m.rollover_date
            """;

    private record Month(LocalDate rolloverDate, String zone) {}

    /** Returns the run's month and the eleven before, earliest first. */
    static List<PaymentMonth> upTo(long runId, JdbcClient jdbc) {
        Month month = jdbc.sql("select rollover_date, zone from credit_rollover_runs where id = :runId")
                .param("runId", runId)
                .query(Month.class)
                .single();
        List<LocalDate> ends = IntStream.range(0, MONTHS)
                .mapToObj(month.rolloverDate()::minusMonths)
                .toList();
        List<LocalDate> begins = ends.stream().map(end -> end.minusMonths(1)).toList();
        ZoneId zone = ZoneId.of(month.zone());
        return jdbc.sql(FIGURES)
                .param("runId", runId)
                .param("dates", ZonedMonths.dates(ends))
                .param("begins", ZonedMonths.startsOfDay(begins, zone))
                .param("ends", ZonedMonths.startsOfDay(ends, zone))
                .query(PaymentMonth.class)
                .list();
    }
}
