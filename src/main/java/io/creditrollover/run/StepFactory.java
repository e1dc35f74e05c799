package io.creditrollover.run;

import io.creditrollover.lease.FencedJobRepository;
import io.creditrollover.lease.FencingGuard;
import java.util.function.Consumer;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttribute;

/** Builds jobs and steps of a run. */
@Component
class StepFactory {
    /** Rolls back on any failure: by default a checked exception does not, and a tasklet step then repeats its work. */
    private static final TransactionAttribute NO_TRANSACTION =
            new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED) {
                @Override
                public boolean rollbackOn(Throwable failure) {
                    return true;
                }
            };

    private final JobRepository jobRepository;
    private final PlatformTransactionManager transactions;

    StepFactory(JobRepository jobRepository, PlatformTransactionManager transactions) {
        this.jobRepository = jobRepository;
        this.transactions = transactions;
    }

    @FunctionalInterface
    interface Work {
        void run(StepContribution contribution) throws Exception;
    }

    /** Returns a builder of a {@link Job}; {@code begun} is called before the first step. */
    JobBuilder job(FencingGuard guard, String name, Consumer<JobExecution> begun) {
        return new JobBuilder(name, fenced(guard)).listener(new JobExecutionListener() {
            @Override
            public void beforeJob(JobExecution execution) {
                begun.accept(execution);
            }
        });
    }

    /** Returns a step for every attempt, outside any transaction: reads and writes open their own. */
    Step step(FencingGuard guard, String name, Work work) {
        return new StepBuilder(name, fenced(guard))
                .tasklet(
                        (contribution, context) -> {
                            work.run(contribution);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .transactionAttribute(NO_TRANSACTION)
                .allowStartIfComplete(true)
                .build();
    }

    private JobRepository fenced(FencingGuard guard) {
        return FencedJobRepository.of(jobRepository, guard, transactions);
    }

    /** Returns the job's context, kept from attempt to attempt. */
    static ExecutionContext contextOf(StepContribution contribution) {
        return contribution.getStepExecution().getJobExecution().getExecutionContext();
    }
}
