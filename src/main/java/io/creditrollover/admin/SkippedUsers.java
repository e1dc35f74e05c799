package io.creditrollover.admin;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Users skipped by any live run, latest run first. The payment at fault is looked up as it is now, by the index on
 * {@code payments.user_id}, for the listed users only.
 */
@OnlyWhenServing
@Component
class SkippedUsers {
    static final String MATCHING = """
            r.mode <> 'dry-run'
            and (:reasonCode::text is null or s.reason_code = :reasonCode)
            and (:month::date is null or r.rollover_date = :month)
            and (:runId::bigint is null or s.run_id = :runId)
            """;

    /** The latest payment that fits the reason; of an undated one nothing tells when, so it comes first. */
    static final String AT_FAULT = """
            left join lateral (
                select p.id::bigint as id, p.plan_type::text as plan_type, p.amount::bigint as amount,
                       p.payment_status::text as payment_status, p.created_at
                from payments p
                where p.user_id = s.user_id and case s.reason_code
                    when 'PAYMENT_DATE_UNUSABLE' then p.payment_status::text = 'paid'
                        and (p.created_at is null or not isfinite(p.created_at) or p.created_at > s.created_at)
                    when 'PLAN_UNKNOWN' then p.payment_status::text = 'paid'
                        and (p.plan_type is null or strpos(s.reason, p.plan_type::text) > 0)
                    when 'PAYMENT_STATUS_UNKNOWN' then p.payment_status is null
                        or strpos(s.reason, '''' || p.payment_status::text || '''') > 0
                    when 'PAYMENT_PENDING' then p.created_at > s.created_at - interval '2 days'
                        or p.created_at is null
                    when 'CREDITS_UNUSABLE' then p.credits_added is null or p.credits_added < 0
                    else false end
                order by p.created_at desc nulls first, p.id desc limit 1) p on true
            """;

    private final JdbcClient jdbc;

    SkippedUsers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Null matches all. */
    record Filter(
            @Nullable String reasonCode,
            @Nullable LocalDate month,
            @Nullable Long runId) {

        /**
         * @param month such as {@code 2026-11}
         * @throws ApiException 400 if one is malformed
         */
        static Filter of(@Nullable String reasonCode, @Nullable String month, @Nullable Long runId) {
            String code = InputChecks.optional("reasonCode", reasonCode);
            if (code != null && !code.matches("[A-Z_]{1,40}")) {
                throw ApiException.badRequest("reasonCode must be a code such as PLAN_UNKNOWN.");
            }
            return new Filter(code, firstDay(InputChecks.optional("month", month)), runId);
        }

        private static @Nullable LocalDate firstDay(@Nullable String month) {
            try {
                return month == null ? null : YearMonth.parse(month).atDay(1);
            } catch (DateTimeParseException malformed) {
                throw ApiException.badRequest("month must be a month such as 2026-11.");
            }
        }
    }

    /** @param paymentId null if no payment of now fits the reason, like the four others */
    record Skipped(
            LocalDate rolloverDate,
            long runId,
            long userId,
            @Nullable String phoneNumber,
            String reasonCode,
            String reason,
            Instant at,
            @Nullable Long paymentId,
            @Nullable String planType,
            @Nullable Long amountPaise,
            @Nullable String status,
            @Nullable Instant paidAt) {}

    static JdbcClient.StatementSpec narrowed(JdbcClient.StatementSpec query, Filter filter) {
        return query.param("reasonCode", filter.reasonCode())
                .param("month", filter.month())
                .param("runId", filter.runId());
    }

    List<Skipped> page(Filter filter, long offset, int size) {
        return narrowed(jdbc.sql("""
                        select s.rollover_date, s.run_id, s.user_id, u.phone_number::text as phone_number, s.reason_code,
                               s.reason, s.created_at as at, p.id as payment_id, p.plan_type, p.amount, p.payment_status,
                               case when isfinite(p.created_at) then p.created_at end as paid_at
                        from (select r.rollover_date, s.* from credit_rollover_skips s
                              join credit_rollover_runs r on r.id = s.run_id where %s
                              order by s.run_id desc, s.user_id limit :size offset :offset) s
                        left join users u on u.id = s.user_id
                        %s
                        order by s.run_id desc, s.user_id
                        """.formatted(MATCHING, AT_FAULT)), filter)
                .param("size", size)
                .param("offset", offset)
                .query((rs, row) -> {
                    OffsetDateTime paidAt = rs.getObject("paid_at", OffsetDateTime.class);
                    return new Skipped(
                            rs.getObject("rollover_date", LocalDate.class),
                            rs.getLong("run_id"),
                            rs.getLong("user_id"),
                            rs.getString("phone_number"),
                            rs.getString("reason_code"),
                            rs.getString("reason"),
                            rs.getObject("at", OffsetDateTime.class).toInstant(),
                            rs.getObject("payment_id", Long.class),
                            rs.getString("plan_type"),
                            rs.getObject("amount", Long.class),
                            rs.getString("payment_status"),
                            paidAt == null ? null : paidAt.toInstant());
                })
                .list();
    }
}
