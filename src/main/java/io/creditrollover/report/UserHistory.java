package io.creditrollover.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Recorded data of one user. Reads only. */
@Component
class UserHistory {
    private static final int MAX_PAYMENTS = 24;

    /** Each of the three parts is read by an index of this product, once for all periods. */
    private static final String PAYMENTS = """
            with own as materialized (
                select id, plan_type, amount, credits_added, payment_status, created_at from payments
                where user_id = :userId and payment_status::text = 'paid'
                union all
                select id, plan_type, amount, credits_added, payment_status, created_at from payments
                where user_id = :userId and (payment_status is null
                       or payment_status::text not in ('paid', 'failed', 'refunded'))
                union all
                select id, plan_type, amount, credits_added, payment_status, created_at from payments
                where user_id = :userId and payment_status::text in ('failed', 'refunded'))
            select period.n, latest.*
            from unnest(:from::timestamptz[], :to::timestamptz[], :decisive::bigint[])
                 with ordinality as period(start, stop, decisive, n),
            lateral (
                select id, coalesce(plan_type::text, '') as plan_type, amount, credits_added,
                       payment_status::text as payment_status, created_at
                from own
                where created_at is null or created_at between period.start and period.stop
                   or id = period.decisive
                order by id = period.decisive desc nulls last, created_at desc nulls first, id desc
                limit :most) as latest
            order by period.n, created_at nulls last, id
            """;

    private final JdbcClient jdbc;

    UserHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An event or skip outside dry runs; credits are null for a skip. A month shows the skip of its last second look. */
    record Entry(
            long userId,
            LocalDate date,
            long runId,
            String action,
            @Nullable Integer before,
            @Nullable Integer after,
            String reasonCode,
            String reason,
            @Nullable String planType,
            @Nullable Long paymentId,
            @Nullable Instant paidAt,
            int protectedCredits,
            boolean givenBack,
            Instant at,
            boolean isSecondLook) {
        boolean isDecision() {
            return action.equals("rollover") || action.equals("expiry");
        }
    }

    /**
     * @param phone masked; a deleted user's from the latest event
     * @param credits null for a deleted user
     */
    record Person(String phone, @Nullable Long credits) {}

    Person person(long userId) {
        return jdbc.sql("""
                        select phone_number::text as phone_number, credits::bigint as credits from users where id = :id
                        union all
                        (select e.phone_number, null
                         from credit_rollover_runs r join credit_rollover_events e on e.run_id = r.id and e.user_id = :id
                         order by e.id desc limit 1)
                        limit 1
                        """)
                .param("id", userId)
                .query((rs, row) ->
                        new Person(PhoneMask.mask(rs.getString("phone_number")), rs.getObject("credits", Long.class)))
                .optional()
                .orElseGet(() -> new Person("", null));
    }

    /** Latest first; of all dates for null. */
    List<AcceptedNotice> notices(long userId, @Nullable LocalDate date) {
        return AcceptedNotice.of(jdbc, userId, date);
    }

    /** Latest first. Joins by run, because events are indexed by run. */
    List<Entry> entries(long userId, @Nullable LocalDate date) {
        return jdbc.sql("""
                        with decided as (
                            select e.* from credit_rollover_runs r
                            join credit_rollover_events e
                              on e.run_id = r.id and e.user_id = :userId and e.action in ('rollover', 'expiry')),
                        events as (
                            select * from decided
                            union all
                            select v.* from decided d join credit_rollover_events v on v.reverses = d.id)
                        select * from (
                            select e.created_at as at, e.user_id, e.rollover_date, e.run_id, e.action, e.credits_before,
                                   e.credits_after, e.reason_code, e.reason,
                                   coalesce(e.eligible_plan_type, p.plan_type::text) as plan_type,
                                   e.payment_id, e.paid_at, e.credits_protected,
                                   exists (select from credit_rollover_events v where v.reverses = e.id) as given_back,
                                   false as second_look
                            from events e left join payments p on p.id = e.payment_id
                            union all
                            select s.created_at, s.user_id, r.rollover_date, s.run_id, 'skip', null, null,
                                   s.reason_code, s.reason, null, null, null, 0, false,
                                   r.mode = 'reinstate'
                            from credit_rollover_skips s join credit_rollover_runs r on r.id = s.run_id
                            where s.user_id = :userId and r.mode <> 'dry-run'
                              and not exists (select from credit_rollover_runs later
                                              where later.reinstates_run_id = r.reinstates_run_id and later.id > r.id
                                                and later.status = 'COMPLETED'
                                                and coalesce(later.only_user_id, s.user_id) = s.user_id)) as entries
                        where :date::date is null or rollover_date = :date
                        order by at desc
                        """)
                .param("userId", userId)
                .param("date", date)
                .query(UserHistory::entry)
                .list();
    }

    /** Returns the payments of each period, undated ones included, oldest first. */
    List<List<Payment>> payments(long userId, List<PaymentPeriod> periods) {
        List<List<Payment>> found = new ArrayList<>();
        periods.forEach(period -> found.add(new ArrayList<>()));
        jdbc.sql(PAYMENTS)
                .param("userId", userId)
                .param("from", moments(periods, PaymentPeriod::from))
                .param("to", moments(periods, PaymentPeriod::to))
                .param("decisive", periods.stream().map(PaymentPeriod::decisive).toArray(Long[]::new))
                .param("most", MAX_PAYMENTS)
                .query((RowCallbackHandler) rs -> found.get(rs.getInt("n") - 1)
                        .add(new Payment(
                                rs.getLong("id"),
                                rs.getString("plan_type"),
                                rs.getLong("amount"),
                                rs.getLong("credits_added"),
                                rs.getString("payment_status"),
                                instant(rs, "created_at"))));
        return found;
    }

    private static String[] moments(List<PaymentPeriod> periods, Function<PaymentPeriod, Instant> moment) {
        return periods.stream().map(moment).map(Instant::toString).toArray(String[]::new);
    }

    private static Entry entry(ResultSet rs, int row) throws SQLException {
        return new Entry(
                rs.getLong("user_id"),
                rs.getObject("rollover_date", LocalDate.class),
                rs.getLong("run_id"),
                rs.getString("action"),
                rs.getObject("credits_before", Integer.class),
                rs.getObject("credits_after", Integer.class),
                rs.getString("reason_code"),
                rs.getString("reason"),
                rs.getString("plan_type"),
                rs.getObject("payment_id", Long.class),
                instant(rs, "paid_at"),
                rs.getInt("credits_protected"),
                rs.getBoolean("given_back"),
                Objects.requireNonNull(instant(rs, "at")),
                rs.getBoolean("second_look"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
