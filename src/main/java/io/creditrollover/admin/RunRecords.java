package io.creditrollover.admin;

import io.creditrollover.report.EventCsv;
import io.creditrollover.report.PhoneMask;
import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@OnlyWhenServing
@Component
class RunRecords {
    private final JdbcClient jdbc;

    RunRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param id of the event; in a dry run, of the user
     * @param phoneNumber masked except for the last four digits; empty without a number, or after an erasure
     * @param createdAt null in a dry run
     */
    record Event(
            long id,
            long userId,
            String phoneNumber,
            int creditsBefore,
            int creditsAfter,
            String action,
            @Nullable String eligiblePlanType,
            String reasonCode,
            String reason,
            @Nullable Long paymentId,
            @Nullable Instant paidAt,
            int creditsProtected,
            @Nullable Instant createdAt) {}

    record Skip(long userId, String reasonCode, String reason, Instant createdAt) {}

    /** Null matches all. */
    record Filter(
            @Nullable String action,
            @Nullable String reasonCode,
            @Nullable UserFilter user) {
        static final Filter ALL = new Filter(null, null, null);

        EventCsv.Filter toCsv() {
            return new EventCsv.Filter(
                    action,
                    reasonCode,
                    user != null,
                    user == null ? null : user.id(),
                    user == null ? List.of() : user.phonePatterns(),
                    user == null ? null : user.maxDigits());
        }
    }

    List<Event> page(RunSummary run, Filter filter, long offset, int size) {
        return filtered(events(run) + order(run) + " limit :size offset :offset", run, filter)
                .param("size", size)
                .param("offset", offset)
                .query(RunRecords::event)
                .list();
    }

    /** Without a filter the run's totals tell: no page reads all events. */
    long count(RunSummary run, Filter filter) {
        if (filter.equals(Filter.ALL)) {
            return run.totals().usersRolledOver() + run.totals().usersExpired();
        }
        return stored(run, filter)
                .orElseGet(() -> filtered("select count(*) from (" + events(run) + ") matching", run, filter)
                        .query(Long.class)
                        .single());
    }

    /** The figures of an ended live run count by action and reason: its events do not change. */
    private Optional<Long> stored(RunSummary run, Filter filter) {
        if (run.mode() != RunMode.LIVE || filter.user() != null) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        select (select coalesce(sum((line ->> 'users')::bigint), 0)::bigint
                                from jsonb_array_elements(f.figures -> 'lines') line
                                where line ->> 'action' in ('rollover', 'expiry')
                                  and (:action::text is null or line ->> 'action' = :action)
                                  and (:reasonCode::text is null or line ->> 'reasonCode' = :reasonCode))
                        from credit_rollover_figures f where f.run_id = :runId
                        """)
                .param("runId", run.runId())
                .param("action", filter.action())
                .param("reasonCode", filter.reasonCode())
                .query(Long.class)
                .optional();
    }

    List<Skip> skips(RunSummary run, int most) {
        return jdbc.sql("""
                        select user_id, reason_code, reason, created_at from credit_rollover_skips
                        where run_id = :runId order by user_id limit :most
                        """)
                .param("runId", run.runId())
                .param("most", most)
                .query((rs, row) -> new Skip(
                        rs.getLong("user_id"),
                        rs.getString("reason_code"),
                        rs.getString("reason"),
                        rs.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Returns 0 until the forecast is known. */
    long usersInScope(RunSummary run) {
        ForecastTotals forecast = ForecastTotals.of(Objects.requireNonNull(run.runId()), jdbc);
        return forecast == null ? 0 : forecast.usersProcessed();
    }

    private static String events(RunSummary run) {
        return switch (run.mode()) {
            case DRY_RUN -> DRY_RUN_EVENTS;
            case LIVE -> EVENTS;
            default -> EVENTS_OF_REVERSAL;
        };
    }

    /**
     * Decisions come by user, as their index has them; the range of one run forces that index. By id, or without the
     * range, the planner could read the events of all months. Reversals are sorted, from the index of their date.
     */
    private static String order(RunSummary run) {
        return switch (run.mode()) {
            case DRY_RUN -> " order by user_id";
            case LIVE -> " order by run_id, user_id";
            default -> " order by id + 0";
        };
    }

    private static final String MATCHING = """
             and (:action::text is null or action = :action)
             and (:reasonCode::text is null or reason_code = :reasonCode)
             and (:user::text is null or user_id = :userId::bigint
                  or regexp_replace(phone_number, '[^0-9]', '', 'g') like any (:phones::text[])
                  and length(regexp_replace(phone_number, '[^0-9]', '', 'g')) <= :maxDigits::int)
            """;

    private static final String COLUMNS = """
            select id, user_id, phone_number, credits_before, credits_after, action, eligible_plan_type, reason_code,
                   reason, payment_id, paid_at, credits_protected, created_at
            from credit_rollover_events
            """;

    private static final String EVENTS = COLUMNS + """
            where run_id between :runId and :runId and action in ('rollover', 'expiry')
            """ + MATCHING;

    private static final String EVENTS_OF_REVERSAL = COLUMNS + """
            where run_id = :runId and action not in ('rollover', 'expiry')
              and rollover_date = (select rollover_date from credit_rollover_runs where id = :runId)
            """ + MATCHING;

    private static final String DRY_RUN_EVENTS = """
            select * from (
                select user_id as id, user_id, phone_number, credits_before, credits_after, action, eligible_plan_type,
                       reason_code, reason, payment_id, paid_at, credits_protected, null::timestamptz as created_at
                from credit_rollover_dry_run_decisions where run_id = :runId) decisions
            where true
            """ + MATCHING;

    private JdbcClient.StatementSpec filtered(String sql, RunSummary run, Filter filter) {
        return jdbc.sql(sql)
                .param("runId", run.runId())
                .param("action", filter.action())
                .param("reasonCode", filter.reasonCode())
                .param("user", filter.user() == null ? null : filter.user().given())
                .param("userId", filter.user() == null ? null : filter.user().id())
                .param(
                        "phones",
                        filter.user() == null
                                ? new String[0]
                                : filter.user().phonePatterns().toArray(String[]::new))
                .param("maxDigits", filter.user() == null ? null : filter.user().maxDigits());
    }

    private static Event event(ResultSet rs, int row) throws SQLException {
        return new Event(
                rs.getLong("id"),
                rs.getLong("user_id"),
                PhoneMask.mask(rs.getString("phone_number")),
                rs.getInt("credits_before"),
                rs.getInt("credits_after"),
                rs.getString("action"),
                rs.getString("eligible_plan_type"),
                rs.getString("reason_code"),
                rs.getString("reason"),
                rs.getObject("payment_id", Long.class),
                instant(rs, "paid_at"),
                rs.getInt("credits_protected"),
                instant(rs, "created_at"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
