package io.creditrollover.notify;

import io.creditrollover.report.Figures;
import io.creditrollover.report.RunFigures;
import io.creditrollover.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Caches a snapshot for ten seconds, and the stored figures of a completed run for the life of the process. Safe for use by several threads.
 */
@Component
class RunMetricsSnapshotProvider {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final Figures figures;
    private final Alerts alerts;
    private final Outbox outbox;
    private final Overdue overdue;
    private @Nullable RunFigures last;
    private @Nullable RunMetricsSnapshot reading;
    private long readNanos;

    RunMetricsSnapshotProvider(JdbcClient jdbc, Figures figures, Alerts alerts, Outbox outbox, Overdue overdue) {
        this.jdbc = jdbc;
        this.figures = figures;
        this.alerts = alerts;
        this.outbox = outbox;
        this.overdue = overdue;
    }

    synchronized RunMetricsSnapshot now() {
        RunMetricsSnapshot known = reading;
        if (known == null || System.nanoTime() - readNanos > FRESH.toNanos()) {
            known = read();
            reading = known;
            readNanos = System.nanoTime();
        }
        return known;
    }

    private RunMetricsSnapshot read() {
        Optional<Long> completed = jdbc.sql("""
                        select id from credit_rollover_runs where mode = 'live' and status = 'COMPLETED'
                        order by rollover_date desc limit 1
                        """).query(Long.class).optional();
        RunFigures done = completed.map(this::figuresOf).orElse(null);
        RunStatus status = jdbc.sql("""
                        select status from credit_rollover_runs where mode = 'live' and status <> 'UNDONE'
                        order by rollover_date desc, id desc limit 1
                        """).query(RunStatus.class).optional().orElse(null);
        return new RunMetricsSnapshot(
                done,
                done == null ? List.of() : alerts.of(done, MailOutcome.OK),
                status,
                overdue.date().isPresent(),
                outbox.pending(),
                completed.map(this::chunks).orElse(0L),
                completed.map(this::usersSwept).orElse(0L),
                completed.map(id -> ReinstatedMetric.of(id, jdbc)).orElse(ReinstatedMetric.NONE));
    }

    private RunFigures figuresOf(long runId) {
        RunFigures known = last;
        if (known == null || !Objects.equals(known.run().runId(), runId)) {
            known = figures.of(runId);
            last = known.asOf() == null ? null : known;
        }
        return known;
    }

    private long chunks(long runId) {
        return jdbc.sql("""
                        select coalesce(sum(s.commit_count), 0)::bigint
                        from credit_rollover_runs r
                        join credit_rollover_batch_job_execution e on e.job_instance_id = r.job_instance_id
                        join credit_rollover_batch_step_execution s using (job_execution_id)
                        where r.id = :runId
                          and s.step_name in (select step from credit_rollover_tallies
                                              where run_id = :runId and step not in ('sweep', 'reconcile'))
                        """).param("runId", runId).query(Long.class).single();
    }

    private long usersSwept(long runId) {
        return jdbc.sql("""
                        select coalesce(sum(users_rolled_over + users_expired + users_skipped), 0)::bigint
                        from credit_rollover_tallies where run_id = :runId and step in ('sweep', 'reconcile')
                        """).param("runId", runId).query(Long.class).single();
    }
}
