package io.creditrollover.run;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Job executions of runs. Callers must hold the lease: nothing here checks whether an execution is alive. */
@Component
class JobExecutions {
    private static final String RUN_ID = "runId";

    private final JobOperator operator;
    private final JobRepository repository;
    private final JdbcClient jdbc;

    JobExecutions(JobOperator operator, JobRepository repository, JdbcClient jdbc) {
        this.operator = operator;
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /** Returns the latest execution of a run; empty before the first. */
    Optional<Long> latest(RolloverRun run) {
        return Optional.ofNullable(run.jobInstanceId()).flatMap(this::latest);
    }

    Optional<Long> latest(long jobInstanceId) {
        return jdbc.sql(
                        "select max(job_execution_id) from credit_rollover_batch_job_execution where job_instance_id = :instance")
                .param("instance", jobInstanceId)
                .query((rs, row) -> Optional.ofNullable(rs.getObject(1, Long.class)))
                .single();
    }

    /** Returns the latest execution of each job instance. */
    Map<Long, Long> latest() {
        Map<Long, Long> latest = new HashMap<>();
        jdbc.sql("""
                        select job_instance_id, max(job_execution_id) as latest
                        from credit_rollover_batch_job_execution group by job_instance_id
                        """).query(rs -> {
            latest.put(rs.getLong("job_instance_id"), rs.getLong("latest"));
        });
        return latest;
    }

    /** Executes the job in this thread, from the start or the saved positions. {@code begun} receives its id. */
    JobExecution execute(Job job, long runId, LongConsumer begun) {
        if (job instanceof AbstractJob announced) {
            announced.registerJobExecutionListener(new JobExecutionListener() {
                @Override
                public void beforeJob(JobExecution execution) {
                    begun.accept(execution.getId());
                }
            });
        }
        JobParameters parameters =
                new JobParametersBuilder().addLong(RUN_ID, runId).toJobParameters();
        settle(job.getName(), parameters);
        try {
            return operator.start(job, parameters);
        } catch (JobExecutionException refused) {
            throw new IllegalStateException("Spring Batch refused to start run " + runId, refused);
        }
    }

    /**
     * Fails the open executions of a killed process, so they can resume. Safe: chunks are atomic, and saved positions
     * belong to committed chunks.
     */
    private void settle(String jobName, JobParameters parameters) {
        JobInstance instance = repository.getJobInstance(jobName, parameters);
        if (instance == null) {
            return;
        }
        List<JobExecution> executions = repository.getJobExecutions(instance);
        if (executions.isEmpty()) {
            repository.deleteJobInstance(instance);
        }
        executions.stream().filter(e -> isOpen(e.getStatus()) || hasOpenStep(e)).forEach(this::fail);
    }

    private static boolean hasOpenStep(JobExecution execution) {
        return execution.getStepExecutions().stream().anyMatch(step -> isOpen(step.getStatus()));
    }

    private static boolean isOpen(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.UNKNOWN;
    }

    private void fail(JobExecution execution) {
        LocalDateTime now = LocalDateTime.ofInstant(java.time.Instant.EPOCH, ZoneOffset.UTC);
        for (StepExecution step : execution.getStepExecutions()) {
            if (isOpen(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(step.getStartTime() == null ? now : step.getStartTime());
                repository.update(step);
            }
        }
        execution.setStatus(BatchStatus.FAILED);
        execution.setEndTime(execution.getStartTime() == null ? now : execution.getStartTime());
        repository.update(execution);
    }
}
