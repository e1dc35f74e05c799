package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs for pages: lists, relations, attempts. Reads runs and executions, neither users nor payments nor events. */
@Component
public class RunOverview {
    private static final String ROW = """
            select r.id, r.rollover_date, r.mode, r.status, r.plan_run_id, r.undoes_run_id, r.only_user_id,
                   r.requested_by, r.reason, r.approved_by, r.message, r.started_at, r.finished_at,
                   r.stop_cause is not null as needs_approval,
                   (select max(e.job_execution_id) from credit_rollover_batch_job_execution e
                    where e.job_instance_id = r.job_instance_id) as execution_id,
                   case when jsonb_typeof(r.forecast -> 'expiredValuePaise') = 'number'
                        then round((r.forecast ->> 'expiredValuePaise')::numeric)::bigint end as expired_value,
                   case when jsonb_typeof(r.forecast -> 'usersProcessed') = 'number'
                        then (r.forecast ->> 'usersProcessed')::bigint end as users_in_scope,
                   f.*
            from credit_rollover_runs r
            cross join lateral (
                select r.users_rolled_over, r.users_expired, r.users_skipped, r.credits_before, r.credits_rolled_over,
                       r.credits_expired
                where r.users_processed > 0
                union all
                select coalesce(sum(users_rolled_over), 0)::bigint, coalesce(sum(users_expired), 0)::bigint,
                       coalesce(sum(users_skipped), 0)::bigint, coalesce(sum(credits_before), 0)::bigint,
                       coalesce(sum(credits_rolled_over), 0)::bigint, coalesce(sum(credits_expired), 0)::bigint
                from credit_rollover_tallies where run_id = r.id having r.users_processed = 0) f
            """;

    private final JdbcClient jdbc;

    RunOverview(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the live run of the latest date, undone ones included; of one date the latest. */
    public Optional<RunRow> latestLive() {
        return jdbc.sql(ROW + " where r.mode = 'live' order by r.rollover_date desc, r.id desc limit 1")
                .query(RunOverview::row)
                .optional();
    }

    /** Returns the first unfinished undo, alive or dead. */
    public Optional<RunRow> unfinishedUndo() {
        return jdbc.sql(ROW + """
                        where r.mode = 'undo' and r.status in ('RUNNING', 'FAILED', 'STOPPED') order by r.id limit 1
                        """).query(RunOverview::row).optional();
    }

    /** Returns the latest completed dry run of a date that ended within a day and was not carried out. */
    public Optional<RunRow> freshDryRun(LocalDate date) {
        return jdbc.sql(ROW + """
                        where r.mode = 'dry-run' and r.status = 'COMPLETED' and r.rollover_date = :date
                          and r.finished_at > clock_timestamp() - interval '1 day'
                          and not exists (select from credit_rollover_runs l where l.plan_run_id = r.id)
                        order by r.id desc limit 1
                        """).param("date", date).query(RunOverview::row).optional();
    }

    /** Returns the years of all runs, the latest first. */
    public List<Integer> years() {
        return jdbc.sql("""
                        select distinct extract(year from rollover_date)::int as year from credit_rollover_runs
                        order by year desc
                        """).query(Integer.class).list();
    }

    /** Returns all runs of a year, by date and id, the latest first. */
    public List<RunRow> ofYear(int year) {
        return jdbc.sql(ROW + " where r.rollover_date >= :first and r.rollover_date < :next"
                        + " order by r.rollover_date desc, r.id desc")
                .param("first", LocalDate.of(year, 1, 1))
                .param("next", LocalDate.of(year + 1, 1, 1))
                .query(RunOverview::row)
                .list();
    }

    /** Returns a run, and the runs that it carries out, undoes, or is carried out or undone by; the first by id first. */
    public List<RunRow> related(long runId) {
        return jdbc.sql(ROW + """
                         join credit_rollover_runs me on me.id = :runId
                        where r.id in (me.id, me.plan_run_id, me.undoes_run_id)
                           or r.plan_run_id = me.id or r.undoes_run_id = me.id
                           or r.rollover_date = me.rollover_date and r.mode = 'live'
                        order by r.id
                        """).param("runId", runId).query(RunOverview::row).list();
    }

    /** Returns the completed live run before a date; empty if there is none. */
    public Optional<RunRow> before(LocalDate date) {
        return jdbc.sql(ROW + """
                        where r.mode = 'live' and r.status = 'COMPLETED' and r.rollover_date < :date
                        order by r.rollover_date desc limit 1
                        """).param("date", date).query(RunOverview::row).optional();
    }

    /** Returns whether the status is RUNNING, with a process or without. */
    public boolean isRunning(long runId) {
        return jdbc.sql("select status = 'RUNNING' from credit_rollover_runs where id = :runId")
                .param("runId", runId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Returns the executions of a run, the first first. */
    public List<Attempt> attempts(long runId) {
        return jdbc.sql("""
                        select e.job_execution_id, e.status, e.start_time, e.end_time,
                               coalesce((select sum(s.write_count) from credit_rollover_batch_step_execution s
                                         where s.job_execution_id = e.job_execution_id
                                           and (s.step_name like '%:%' or s.step_name in ('undo', 'reinstate'))), 0)::bigint as users
                        from credit_rollover_batch_job_execution e
                        where e.job_instance_id = (select job_instance_id from credit_rollover_runs where id = :runId)
                        order by e.job_execution_id
                        """).param("runId", runId).query(RunOverview::attempt).list();
    }

    /** Returns the speed of an execution, from its steps. */
    public Pace pace(long executionId) {
        return jdbc.sql("""
                        select coalesce((select step_name from credit_rollover_batch_step_execution
                                         where job_execution_id = :id and step_name not like '%:%'
                                         order by step_execution_id desc limit 1), '') as step,
                               coalesce(sum(write_count)
                                        / nullif(extract(epoch from max(last_updated) - min(start_time)), 0), 0)
                                   ::double precision as users_per_second
                        from credit_rollover_batch_step_execution
                        where job_execution_id = :id and (step_name like '%:%' or step_name in ('undo', 'reinstate'))
                        """).param("id", executionId).query(Pace.class).single();
    }

    /** Users of a forecast by action ({@code rollover}, {@code expiry} or {@code skip}) and reason. */
    public record ReasonLine(String action, String reasonCode, long users, long creditsExpired) {}

    /** Returns the stored forecast of a run by reason, most users first; empty if it has none. */
    public List<ReasonLine> reasons(long runId) {
        return jdbc.sql("""
                        select l ->> 'action' as action, l ->> 'reasonCode' as reason_code,
                               sum((l ->> 'users')::bigint)::bigint as users,
                               sum((l ->> 'creditsBefore')::bigint - (l ->> 'creditsAfter')::bigint)::bigint
                                   as credits_expired
                        from credit_rollover_runs r,
                             jsonb_array_elements(case jsonb_typeof(r.forecast -> 'lines')
                                                  when 'array' then r.forecast -> 'lines' else '[]' end) l
                        where r.id = :runId group by 1, 2 order by 1, 3 desc
                        """).param("runId", runId).query(ReasonLine.class).list();
    }

    /** Returns the exceeded safety limits of the last attempt; empty if it exceeded none, or of an older version. */
    public Optional<List<ExceededLimit>> exceededLimits(long runId) {
        return jdbc.sql("select exceeded_limits from credit_rollover_runs where id = :runId")
                .param("runId", runId)
                .query((rs, row) -> Optional.ofNullable(rs.getString(1)).flatMap(ExceededLimit::parse))
                .single();
    }

    private static Attempt attempt(ResultSet rs, int row) throws SQLException {
        LocalDateTime start = rs.getObject("start_time", LocalDateTime.class);
        LocalDateTime end = rs.getObject("end_time", LocalDateTime.class);
        return new Attempt(
                rs.getLong("job_execution_id"),
                rs.getString("status"),
                // Batch stores the local time of its process.
                start == null ? null : start.atZone(ZoneId.systemDefault()).toInstant(),
                start == null || end == null || !end.isAfter(start) ? null : Duration.between(start, end),
                rs.getLong("users"));
    }

    private static RunRow row(ResultSet rs, int row) throws SQLException {
        return new RunRow(
                rs.getLong("id"),
                rs.getObject("execution_id", Long.class),
                rs.getObject("rollover_date", LocalDate.class),
                RunMode.of(rs.getString("mode")),
                RunStatus.valueOf(rs.getString("status")),
                rs.getObject("plan_run_id", Long.class),
                rs.getObject("undoes_run_id", Long.class),
                rs.getObject("only_user_id", Long.class),
                rs.getString("requested_by"),
                rs.getString("reason"),
                rs.getString("approved_by"),
                rs.getString("message"),
                Totals.of(rs),
                rs.getObject("expired_value", Long.class),
                rs.getObject("users_in_scope", Long.class),
                rs.getBoolean("needs_approval"),
                rs.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(rs));
    }

    private static @Nullable Instant instant(ResultSet rs) throws SQLException {
        OffsetDateTime moment = rs.getObject("finished_at", OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
