package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.rollover.Totals;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code credit_rollover_runs}. Writes need a transaction opened by the chunk guard. */
@Component
class RunRepository {
    /**
     * Sorts by the index on run and user, without equality, to force a single lookup. Otherwise the planner could read
     * the events of all months, or the index by user.
     */
    static final String HAS_WRITTEN = """
            select (select user_id from credit_rollover_events
                    where run_id between :id and :id and action in ('rollover', 'expiry')
                    order by run_id, user_id limit 1) is not null
                or (select min(user_id) from credit_rollover_skips where run_id = :id) is not null
                or (select min(user_id) from credit_rollover_dry_run_decisions where run_id = :id) is not null
            """;

    /** See {@link #HAS_WRITTEN}. */
    static final String LAST_DATE_THAT_RAN = """
            select max(rollover_date) from credit_rollover_runs r
            where mode = 'live' and status <> 'UNDONE'
              and (status = 'COMPLETED'
                   or (select e.user_id from credit_rollover_events e
                       where e.run_id between r.id and r.id and e.action in ('rollover', 'expiry')
                       order by e.run_id, e.user_id limit 1) is not null)
            """;

    private final JdbcClient jdbc;
    private final ObjectProvider<RunListener> listeners;

    RunRepository(JdbcClient jdbc, ObjectProvider<RunListener> listeners) {
        this.jdbc = jdbc;
        this.listeners = listeners;
    }

    Optional<RolloverRun> find(long runId) {
        return jdbc.sql("select * from credit_rollover_runs where id = :id")
                .param("id", runId)
                .query(RunRepository::run)
                .optional();
    }

    /** Ignores undone runs. */
    Optional<RolloverRun> findLive(LocalDate date) {
        return jdbc.sql("""
                        select * from credit_rollover_runs
                        where rollover_date = :date and mode = 'live' and status <> 'UNDONE'
                        """).param("date", date).query(RunRepository::run).optional();
    }

    boolean wasUndone(LocalDate date) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_runs
                                       where rollover_date = :date and mode = 'live' and status = 'UNDONE')
                        """).param("date", date).query(Boolean.class).single();
    }

    List<RolloverRun> withIds(Collection<Long> runIds) {
        return jdbc.sql("select * from credit_rollover_runs where id = any (:ids)")
                .param("ids", runIds.toArray(Long[]::new))
                .query(RunRepository::run)
                .list();
    }

    /** Returns all runs, the latest first. */
    List<RolloverRun> all() {
        return jdbc.sql("select * from credit_rollover_runs order by id desc")
                .query(RunRepository::run)
                .list();
    }

    /** Returns the latest date of a live run completed or with an event, not undone. */
    Optional<LocalDate> lastDateThatRan() {
        return jdbc.sql(LAST_DATE_THAT_RAN)
                .query((rs, row) -> Optional.ofNullable(rs.getObject(1, LocalDate.class)))
                .single();
    }

    /** Returns whether the run has any decision or skip; only an undo reverses it. */
    boolean hasWritten(long runId) {
        return jdbc.sql(HAS_WRITTEN).param("id", runId).query(Boolean.class).single();
    }

    long insert(RunMode mode, RolloverPolicy policy, String requestedBy) {
        return jdbc.sql("""
                        insert into credit_rollover_runs
                            (rollover_date, mode, status, cutoff, zone, policy, requested_by)
                        values (:date, :mode, 'RUNNING', :cutoff, :zone, :policy::jsonb, :requestedBy)
                        returning id
                        """)
                .param("date", policy.date())
                .param("mode", mode.code())
                .param("cutoff", at(policy.cutoff()))
                .param("zone", policy.zone().getId())
                .param("policy", StoredPolicy.of(policy).toJson())
                .param("requestedBy", requestedBy)
                .query(Long.class)
                .single();
    }

    /** Stores the policy of the undone run. */
    long insertUndo(RolloverRun run, @Nullable Long onlyUserId, UndoRequest request) {
        return jdbc.sql("""
                        insert into credit_rollover_runs
                            (rollover_date, mode, status, cutoff, zone, policy, requested_by, reason, undoes_run_id,
                             only_user_id)
                        select rollover_date, 'undo', 'RUNNING', cutoff, zone, policy, :requestedBy, :reason, id,
                               :onlyUserId::bigint
                        from credit_rollover_runs where id = :undone
                        returning id
                        """)
                .param("requestedBy", request.requestedBy())
                .param("reason", request.reason())
                .param("onlyUserId", onlyUserId)
                .param("undone", run.id())
                .query(Long.class)
                .single();
    }

    /** Replaces the policy, clears an earlier approval. Only before the first event or skip. */
    void refresh(long runId, RolloverPolicy policy) {
        update(
                runId,
                jdbc.sql("""
                                update credit_rollover_runs
                                set cutoff = :cutoff, zone = :zone, policy = :policy::jsonb, forecast = null,
                                    approved_by = null, reason = null, approved_limits = null, stop_cause = null
                                where id = :id
                                """)
                        .param("cutoff", at(policy.cutoff()))
                        .param("zone", policy.zone().getId())
                        .param("policy", StoredPolicy.of(policy).toJson()));
    }

    void plan(long runId, @Nullable Long planRunId) {
        update(
                runId,
                jdbc.sql("update credit_rollover_runs set plan_run_id = :plan::bigint where id = :id")
                        .param("plan", planRunId));
    }

    void forecast(long runId, String forecast) {
        update(
                runId,
                jdbc.sql("update credit_rollover_runs set forecast = :forecast::jsonb where id = :id")
                        .param("forecast", forecast));
    }

    /** Stores the limits that would block a live run. They stay until the forecast of a later attempt. */
    void setWouldBlock(long runId, List<ExceededLimit> limits) {
        update(
                runId,
                jdbc.sql("update credit_rollover_runs set exceeded_limits = :limits::jsonb where id = :id")
                        .param("limits", ExceededLimit.toJson(limits)));
    }

    /** Returns the limits of {@link #setWouldBlock} as a sentence; null if there are none. */
    @Nullable String wouldBlock(long runId) {
        return jdbc.sql("select exceeded_limits from credit_rollover_runs where id = :id")
                .param("id", runId)
                .query((rs, row) -> Optional.ofNullable(rs.getString(1)).flatMap(ExceededLimit::parse))
                .single()
                .map(limits -> "A live run would be blocked: " + ExceededLimit.sentences(limits) + ".")
                .orElse(null);
    }

    void setJobInstance(long runId, long jobInstanceId) {
        update(
                runId,
                jdbc.sql("update credit_rollover_runs set job_instance_id = :instance where id = :id")
                        .param("instance", jobInstanceId));
    }

    void transition(RolloverRun run, RunStatus next, @Nullable String message) {
        transition(run, next, message, List.of());
    }

    /** Checks the state, and calls the listeners at an end. {@code exceeded} are the limits that ended it. */
    void transition(RolloverRun run, RunStatus next, @Nullable String message, List<ExceededLimit> exceeded) {
        if (!run.status().mayBecome(next)) {
            throw new IllegalStateException("run " + run.id() + " is " + run.status() + " and cannot become " + next);
        }
        update(
                run.id(),
                jdbc.sql("""
                                update credit_rollover_runs
                                set status = :next, message = :message, limit_exceeded = :limitExceeded,
                                    exceeded_limits = case when :next = 'COMPLETED' or mode = 'dry-run'
                                                           then exceeded_limits else :exceeded::jsonb end,
                                    finished_at = case :next when 'RUNNING' then null
                                                             when 'UNDONE' then coalesce(finished_at, clock_timestamp())
                                                             else clock_timestamp() end
                                where id = :id
                                """)
                        .param("next", next.name())
                        .param("message", message)
                        .param("limitExceeded", !exceeded.isEmpty())
                        .param("exceeded", ExceededLimit.toJson(exceeded)));
        if (next != RunStatus.RUNNING) {
            RunEndedEvent end = new RunEndedEvent(run.id(), run.mode(), next, message);
            listeners.orderedStream().forEach(listener -> listener.ended(end));
        }
    }

    void figures(long runId, Totals totals) {
        update(
                runId,
                jdbc.sql("""
                                update credit_rollover_runs
                                set users_processed = :processed, users_rolled_over = :rolledOver,
                                    users_expired = :expired, users_skipped = :skipped, credits_before = :before,
                                    credits_rolled_over = :after, credits_expired = :taken
                                where id = :id
                                """)
                        .param("processed", totals.usersProcessed())
                        .param("rolledOver", totals.usersRolledOver())
                        .param("expired", totals.usersExpired())
                        .param("skipped", totals.usersSkipped())
                        .param("before", totals.creditsBefore())
                        .param("after", totals.creditsRolledOver())
                        .param("taken", totals.creditsExpired()));
    }

    static void update(long runId, JdbcClient.StatementSpec statement) {
        if (statement.param("id", runId).update() != 1) {
            throw new IllegalStateException("run " + runId + " is no longer in credit_rollover_runs");
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static RolloverRun run(ResultSet rs, int row) throws SQLException {
        return new RolloverRun(
                rs.getLong("id"),
                rs.getObject("rollover_date", LocalDate.class),
                RunMode.of(rs.getString("mode")),
                RunStatus.valueOf(rs.getString("status")),
                rs.getObject("cutoff", OffsetDateTime.class).toInstant(),
                rs.getString("zone"),
                rs.getString("policy"),
                rs.getString("requested_by"),
                rs.getString("reason"),
                rs.getString("approved_by"),
                rs.getObject("plan_run_id", Long.class),
                rs.getObject("undoes_run_id", Long.class),
                rs.getObject("only_user_id", Long.class),
                rs.getObject("job_instance_id", Long.class),
                rs.getString("message"),
                Totals.of(rs),
                rs.getString("forecast"),
                Set.copyOf(texts(rs, "approved_limits")),
                texts(rs, "host_tables"),
                stopCause(rs.getString("stop_cause")),
                rs.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(rs));
    }

    private static List<String> texts(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static @Nullable StopCause stopCause(@Nullable String stored) {
        return stored == null ? null : StopCause.valueOf(stored);
    }

    private static @Nullable Instant instant(ResultSet rs) throws SQLException {
        OffsetDateTime moment = rs.getObject("finished_at", OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
