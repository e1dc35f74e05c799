package io.creditrollover.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
            and (:looked::boolean is null or (s.looked_at is not null) = :looked)
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
            @Nullable Long runId,
            @Nullable Boolean looked) {

        /**
         * @param month such as {@code 2026-11}
         * @param looked {@code yes} or {@code no}: whether a person looked at the user
         * @throws ApiException 400 if one is malformed
         */
        static Filter of(
                @Nullable String reasonCode, @Nullable String month, @Nullable Long runId, @Nullable String looked) {
            String code = InputChecks.optional("reasonCode", reasonCode);
            if (code != null && !code.matches("[A-Z_]{1,40}")) {
                throw ApiException.badRequest("reasonCode must be a code such as PLAN_UNKNOWN.");
            }
            return new Filter(
                    code,
                    firstDay(InputChecks.optional("month", month)),
                    runId,
                    yesOrNo(InputChecks.optional("looked", looked)));
        }

        private static @Nullable Boolean yesOrNo(@Nullable String looked) {
            if (looked != null && !looked.equals("yes") && !looked.equals("no")) {
                throw ApiException.badRequest("looked must be yes or no.");
            }
            return looked == null ? null : looked.equals("yes");
        }

        private static @Nullable LocalDate firstDay(@Nullable String month) {
            if (month == null) {
                return null;
            }
            // Java has months that PostgreSQL has not, such as +999999999-12.
            if (!month.matches("\\d{4}-(0[1-9]|1[0-2])")) {
                throw ApiException.badRequest("month must be a month such as 2026-11.");
            }
            return YearMonth.parse(month).atDay(1);
        }
    }

    /**
     * @param paymentId null if no payment of now fits the reason, like the four others
     * @param lookedAtBy null until a person has looked
     */
    record Skipped(
            LocalDate rolloverDate,
            long runId,
            long userId,
            @Nullable String phoneNumber,
            String reasonCode,
            String reason,
            Instant at,
            @Nullable String lookedAtBy,
            @Nullable Instant lookedAt,
            @Nullable Long paymentId,
            @Nullable String planType,
            @Nullable Long amountPaise,
            @Nullable String status,
            @Nullable Instant paidAt) {}

    static JdbcClient.StatementSpec narrowed(JdbcClient.StatementSpec query, Filter filter) {
        return query.param("reasonCode", filter.reasonCode())
                .param("month", filter.month())
                .param("runId", filter.runId())
                .param("looked", filter.looked());
    }

    List<Skipped> page(Filter filter, long offset, int size) {
        return narrowed(jdbc.sql("""
                        select s.rollover_date, s.run_id, s.user_id, u.phone_number::text as phone_number, s.reason_code,
                               s.reason, s.created_at as at, s.looked_at_by, s.looked_at, p.id as payment_id, p.plan_type, p.amount, p.payment_status,
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
                .query((rs, row) -> new Skipped(
                        rs.getObject("rollover_date", LocalDate.class),
                        rs.getLong("run_id"),
                        rs.getLong("user_id"),
                        rs.getString("phone_number"),
                        rs.getString("reason_code"),
                        rs.getString("reason"),
                        Objects.requireNonNull(instant(rs, "at")),
                        rs.getString("looked_at_by"),
                        instant(rs, "looked_at"),
                        rs.getObject("payment_id", Long.class),
                        rs.getString("plan_type"),
                        rs.getObject("amount", Long.class),
                        rs.getString("payment_status"),
                        instant(rs, "paid_at")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    /** Marks a skip. The first mark stays. Returns whether this was the first; empty if there is no such skip. */
    Optional<Boolean> lookAt(long runId, long userId, String who) {
        int marked = jdbc.sql("""
                        update credit_rollover_skips set looked_at = clock_timestamp(), looked_at_by = :who
                        where run_id = :runId and user_id = :userId and looked_at is null
                        """)
                .param("who", who)
                .param("runId", runId)
                .param("userId", userId)
                .update();
        return marked == 1 ? Optional.of(true) : isThere(runId, userId) ? Optional.of(false) : Optional.empty();
    }

    private boolean isThere(long runId, long userId) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_skips where run_id = :runId and user_id = :userId)
                        """)
                .param("runId", runId)
                .param("userId", userId)
                .query(Boolean.class)
                .single();
    }
}
