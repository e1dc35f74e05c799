package io.creditrollover.rollover;

import java.util.Comparator;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Recovers the partition's context when a crash fell between Batch's insert of the step execution and its context.
 * Batch would copy the empty context to every later execution. An execution without a range has done nothing, so the
 * newest context with a range is valid.
 */
final class PartitionContextRecovery {
    private PartitionContextRecovery() {}

    /** Restores a lost context first. */
    static KeyRange of(StepExecution execution, JobRepository repository) {
        ExecutionContext context = execution.getExecutionContext();
        if (!KeyRange.isIn(context)) {
            ExecutionContext saved = newest(execution, repository).orElseGet(() -> frozen(execution));
            saved.entrySet().forEach(entry -> context.put(entry.getKey(), entry.getValue()));
        }
        return KeyRange.in(context);
    }

    private static Optional<ExecutionContext> newest(StepExecution execution, JobRepository repository) {
        return repository.getJobExecutions(execution.getJobExecution().getJobInstance()).stream()
                .sorted(Comparator.comparingLong(JobExecution::getId).reversed())
                .flatMap(job -> job.getStepExecutions().stream())
                .filter(step -> step.getStepName().equals(execution.getStepName()))
                .map(StepExecution::getExecutionContext)
                .filter(KeyRange::isIn)
                .findFirst();
    }

    private static ExecutionContext frozen(StepExecution execution) {
        return KeyRangePartitioner.frozenIn(execution.getJobExecution().getExecutionContext())
                .contextOf(execution.getStepName());
    }
}
