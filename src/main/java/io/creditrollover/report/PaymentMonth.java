package io.creditrollover.report;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

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

    /** Each payment before one is a look-up by the user: the time depends on the months counted, not on the history. */
    private static final String FIGURES = """
            with months as (
                select * from unnest(:dates::date[], :begins::timestamptz[], :ends::timestamptz[])
                           as m (rollover_date, begins, ends)),
            paid as (
                select m.rollover_date, p.user_id, p.amount, p.plan_type::text = any (:eligible::text[]) as eligible,
                       (select b.plan_type::text = any (:eligible::text[]) from payments b
                        where b.user_id = p.user_id and b.payment_status::text = 'paid'
                          and (b.created_at, b.id) < (p.created_at, p.id)
                        order by b.created_at desc, b.id desc limit 1) as eligible_before
                from months m
                join payments p on p.created_at >= m.begins and p.created_at < m.ends
                               and p.payment_status::text = 'paid')
            select m.rollover_date,
                   count(distinct user_id) filter (where eligible and not eligible_before)
                       as users_converted,
                   count(distinct user_id) filter (where not eligible or not eligible_before)
                       as users_on_other_plans,
                   count(distinct user_id) filter (where eligible and eligible_before) as users_renewed,
                   coalesce(sum(amount) filter (where eligible and eligible_before), 0)::bigint
                       as renewed_paise
            from months m left join paid using (rollover_date)
            group by m.rollover_date
            """;

    /**
     * Returns the run's month and the eleven before, earliest first.
     *
     * @param known counted earlier by the same plans; taken as they are
     */
    static List<PaymentMonth> upTo(
            LocalDate date, ZoneId zone, List<String> eligible, List<PaymentMonth> known, JdbcClient jdbc) {
        List<LocalDate> dates =
                IntStream.range(0, MONTHS).mapToObj(date::minusMonths).toList();
        Stream<PaymentMonth> there = known.stream().filter(month -> dates.contains(month.rolloverDate()));
        List<LocalDate> missing = dates.stream()
                .filter(month -> known.stream().noneMatch(m -> m.rolloverDate().equals(month)))
                .toList();
        Stream<PaymentMonth> counted = count(missing, zone, eligible, jdbc).stream();
        return Stream.concat(there, counted)
                .sorted(Comparator.comparing(PaymentMonth::rolloverDate))
                .toList();
    }

    private static List<PaymentMonth> count(List<LocalDate> ends, ZoneId zone, List<String> eligible, JdbcClient jdbc) {
        List<LocalDate> begins = ends.stream().map(end -> end.minusMonths(1)).toList();
        return jdbc.sql(FIGURES)
                .param("eligible", new SqlArrayValue("text", eligible.toArray()))
                .param("dates", ZonedMonths.dates(ends))
                .param("begins", ZonedMonths.startsOfDay(begins, zone))
                .param("ends", ZonedMonths.startsOfDay(ends, zone))
                .query(PaymentMonth.class)
                .list();
    }
}
