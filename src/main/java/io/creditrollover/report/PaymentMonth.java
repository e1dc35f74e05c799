package io.creditrollover.report;

import io.creditrollover.run.ScanCost;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    private static final String MONTHS_COUNTED = """
            with months as (
                select rollover_date, begins, ends,
                       count(*) filter (where begins <> end_before) over (order by begins) as stretch
                from (select m.*, lag(ends) over (order by begins) as end_before
                      from unnest(:dates::date[], :begins::timestamptz[], :ends::timestamptz[])
                               as m (rollover_date, begins, ends)) as m),
            """;

    /**
     * The payment before one is mostly in the months counted; otherwise it is looked up by the user. So the time depends
     * on the months counted, not on the history. Adjacent months are one stretch; payments between stretches are not
     * read.
     */
    static final String BY_LOOKUPS = MONTHS_COUNTED + """
            paid as (
                select m.rollover_date, m.stretch, p.user_id, p.id, p.created_at, p.amount,
                       p.plan_type::text = any (:eligible::text[]) as eligible
                from months m
                join payments p on p.created_at >= m.begins and p.created_at < m.ends
                               and p.payment_status::text = 'paid' and p.user_id is not null),
            in_order as (
                select paid.*, lag(eligible) over (partition by stretch, user_id order by created_at, id) as before_here
                from paid),
            compared as (
                select p.*, coalesce(before_here, (
                           select b.plan_type::text = any (:eligible::text[]) from payments b
                           where b.user_id = p.user_id and b.payment_status::text = 'paid'
                             and (b.created_at, b.id) < (p.created_at, p.id)
                           order by b.created_at desc, b.id desc limit 1)) as eligible_before
                from in_order p),
            """ + figures();

    /** The same, from one scan of the history: without an index on the user each lookup would be one. */
    static final String BY_SCAN = MONTHS_COUNTED + """
            paid as (
                select p.user_id, p.id, p.created_at, p.amount, p.plan_type::text = any (:eligible::text[]) as eligible
                from payments p
                where p.created_at < (select max(ends) from months)
                  and p.payment_status::text = 'paid' and p.user_id is not null),
            in_order as (
                select paid.*, lag(eligible) over (partition by user_id order by created_at, id) as eligible_before
                from paid),
            compared as (
                select m.rollover_date, m.stretch, p.*
                from months m join in_order p on p.created_at >= m.begins and p.created_at < m.ends),
            """ + figures();

    private static String figures() {
        return """
                by_user as (
                    select rollover_date, bool_or(eligible and not eligible_before) as converted,
                           bool_or(not eligible or not eligible_before) as on_other_plans,
                           bool_or(eligible and eligible_before) as renewed,
                           sum(amount) filter (where eligible and eligible_before) as renewed_paise
                    from compared
                    group by stretch, user_id, rollover_date)
                select m.rollover_date,
                       count(*) filter (where converted) as users_converted,
                       count(*) filter (where on_other_plans) as users_on_other_plans,
                       count(*) filter (where renewed) as users_renewed,
                       coalesce(sum(renewed_paise), 0)::bigint as renewed_paise
                from months m left join by_user using (rollover_date)
                group by m.rollover_date
                """;
    }

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
        Map<String, Object> parameters = parameters(ends, zone, eligible);
        ScanCost cost = new ScanCost(jdbc);
        String figures = cost.of(BY_LOOKUPS, parameters) <= cost.of(BY_SCAN, parameters) ? BY_LOOKUPS : BY_SCAN;
        return counted(figures, parameters, jdbc);
    }

    static Map<String, Object> parameters(List<LocalDate> ends, ZoneId zone, List<String> eligible) {
        List<LocalDate> begins = ends.stream().map(end -> end.minusMonths(1)).toList();
        return Map.of(
                "eligible", new SqlArrayValue("text", eligible.toArray()),
                "dates", ZonedMonths.dates(ends),
                "begins", ZonedMonths.startsOfDay(begins, zone),
                "ends", ZonedMonths.startsOfDay(ends, zone));
    }

    static List<PaymentMonth> counted(String figures, Map<String, Object> parameters, JdbcClient jdbc) {
        return jdbc.sql(figures).params(parameters).query(PaymentMonth.class).list();
    }
}
