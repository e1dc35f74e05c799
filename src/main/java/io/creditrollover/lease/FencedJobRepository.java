package io.creditrollover.lease;

import io.creditrollover.exit.Masked;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A JobRepository whose updates lock the fencing token first, so that a process that lost its lease cannot change
 * metadata. In a chunk's transaction the token is already locked. New executions need no lock: no other process depends
 * on them.
 *
 * <p>Finds a step's last execution by id. Batch uses the local creation time: after an attempt on a machine with its
 * clock or time zone ahead, later attempts would resume from that attempt's position.
 */
public final class FencedJobRepository {
    private FencedJobRepository() {}

    /** Thread-safe. Updates throw {@link LeaseLostException} (exit code 75) after a takeover. */
    public static JobRepository of(
            JobRepository repository, FencingGuard guard, PlatformTransactionManager transactions) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        return (JobRepository) Proxy.newProxyInstance(
                FencedJobRepository.class.getClassLoader(),
                new Class<?>[] {JobRepository.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getLastStepExecution")) {
                        return last(repository, guard, (JobInstance) arguments[0], String.valueOf(arguments[1]));
                    }
                    mask(arguments);
                    boolean lockedAlready = TransactionSynchronizationManager.isActualTransactionActive();
                    if (lockedAlready || !method.getName().startsWith("update")) {
                        return call(repository, method, arguments);
                    }
                    AtomicReference<@Nullable Object> answer = new AtomicReference<>();
                    transaction.executeWithoutResult(status -> {
                        guard.lockToken();
                        answer.set(call(repository, method, arguments));
                    });
                    return answer.get();
                });
    }

    /** Batch stores the stack trace of a failure, which can quote the host's row. */
    private static void mask(Object @Nullable [] arguments) {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        if (first instanceof StepExecution step) {
            step.setExitStatus(masked(step.getExitStatus()));
        } else if (first instanceof JobExecution job) {
            job.setExitStatus(masked(job.getExitStatus()));
        }
    }

    private static ExitStatus masked(ExitStatus status) {
        String text = status.getExitDescription();
        String masked = Masked.text(text);
        return masked.equals(text) ? status : new ExitStatus(status.getExitCode(), masked);
    }

    private static @Nullable StepExecution last(
            JobRepository repository, FencingGuard guard, JobInstance instance, String stepName) {
        return guard.jdbc()
                .sql("""
                        select s.step_execution_id from credit_rollover_batch_step_execution s join credit_rollover_batch_job_execution e using (job_execution_id)
                        where e.job_instance_id = :instance and s.step_name = :step
                        order by s.step_execution_id desc limit 1
                        """)
                .param("instance", instance.getInstanceId())
                .param("step", stepName)
                .query(Long.class)
                .optional()
                .map(repository::getStepExecution)
                .orElse(null);
    }

    private static @Nullable Object call(JobRepository repository, Method method, Object @Nullable [] arguments) {
        try {
            return method.invoke(repository, arguments);
        } catch (InvocationTargetException thrown) {
            throw rethrown(Objects.requireNonNullElse(thrown.getCause(), thrown));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
