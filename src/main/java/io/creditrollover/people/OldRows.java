package io.creditrollover.people;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.DeletedDecisions;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes old rows, at most {@link #BATCH} in a statement. */
@Component
public class OldRows {
    static final int BATCH = 10_000;

    private static final String KEY = "rollover.retention.dry-runs";

    private final JdbcClient jdbc;

    OldRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns dry runs with decisions that nobody works on. */
    List<Long> oldDryRuns(OffsetDateTime before) {
        return jdbc.sql("""
                        select r.id from credit_rollover_runs r
                        where r.mode = 'dry-run' and coalesce(r.finished_at, r.started_at) < :before
                          and not exists (select from credit_rollover_leases l
                                          where l.name = 'dry-run-' || r.id and l.expires_at > clock_timestamp())
                          and exists (select from credit_rollover_dry_run_decisions d where d.run_id = r.id)
                        order by r.id
                        """).param("before", before).query(Long.class).list();
    }

    /** The run's message says it from the first batch on: its reports would show too few decisions. */
    int deleteDecisions(long runId, Period age) {
        jdbc.sql("""
                        update credit_rollover_runs set message = concat_ws(' ', message, :sentence::text)
                        where id = :runId and strpos(coalesce(message, ''), :key) = 0
                        """)
                .param("sentence", DeletedDecisions.sentence(age + " (" + KEY + ")"))
                .param("runId", runId)
                .param("key", KEY)
                .update();
        return jdbc.sql("""
                        delete from credit_rollover_dry_run_decisions where run_id = :runId and user_id in (
                            select user_id from credit_rollover_dry_run_decisions where run_id = :runId
                            order by user_id limit :batch)
                        """).param("runId", runId).param("batch", BATCH).update();
    }

    /** Looks at the oldest entries only, by id. */
    int deleteAudit(OffsetDateTime before) {
        jdbc.sql("select set_config('credit_rollover.retention', 'audit', true)")
                .query(String.class)
                .single();
        return jdbc.sql("""
                        delete from credit_rollover_audit where id in (
                            select id from (select id, at from credit_rollover_audit order by id limit :batch) oldest
                            where at < :before)
                        """).param("batch", BATCH).param("before", before).update();
    }

    /** One row for each recipient and run: a small table. */
    int deleteMails(OffsetDateTime before) {
        return jdbc.sql("""
                        delete from credit_rollover_outbox where id in (
                            select id from credit_rollover_outbox where sent_at < :before order by id limit :batch)
                        """).param("before", before).param("batch", BATCH).update();
    }

    /** By the rollover date: the notices of a month go together. */
    int deleteNotices(OffsetDateTime before) {
        return jdbc.sql("""
                        delete from credit_rollover_notices
                        where (rollover_date, user_id, kind, lead, channel) in (
                            select rollover_date, user_id, kind, lead, channel from credit_rollover_notices
                            where rollover_date < :before order by rollover_date, user_id limit :batch)
                        """)
                .param("before", before.toLocalDate())
                .param("batch", BATCH)
                .update();
    }

    /** A console deletes them only at the next request with a key. */
    int deleteAnswers(OffsetDateTime before) {
        return jdbc.sql("""
                        delete from credit_rollover_idempotency where (who, key) in (
                            select who, key from credit_rollover_idempotency where created_at < :before limit :batch)
                        """).param("before", before).param("batch", BATCH).update();
    }

    /** Rejects (64) a dry run whose decisions retention deleted: a report would show zeros. */
    public void requireDecisions(long runId) {
        boolean deleted = jdbc.sql("""
                        select exists (select from credit_rollover_runs
                                       where id = :runId and mode = 'dry-run' and strpos(coalesce(message, ''), :key) > 0)
                        """)
                .param("runId", runId)
                .param("key", KEY)
                .query(Boolean.class)
                .single();
        if (deleted) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "The decisions of this dry run were deleted (" + KEY
                            + "), so there is no report of them. The command" + " status shows its totals.");
        }
    }
}
