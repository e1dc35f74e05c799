package io.creditrollover.rollover;

import java.util.Comparator;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The range of a step execution, and how far it came. Spring Batch creates a range's step execution in one transaction and
 * saves its context, copied from the execution before, in the next one: a process that dies in between leaves an execution
 * that knows neither, and every later one would copy that. An execution without a range has done nothing, so what the
 * newest one with a range saved still holds.
 */
final class PartitionContextRecovery {
    private PartitionContextRecovery() {}

    /** Returns the range, after putting back into the execution's context what was lost from it. */
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
