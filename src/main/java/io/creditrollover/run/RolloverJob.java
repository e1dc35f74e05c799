package io.creditrollover.run;

import io.creditrollover.rollover.RolloverOrder;
import io.creditrollover.rollover.RolloverSteps;
import org.springframework.batch.core.ExitStatus;
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

/**
 * The job: preflight → rollover → sweep → reconcile → report, with up to three rounds of sweep and reconcile. All but the
 * rollover step run at every attempt; the rollover step goes on where its ranges were.
 */
@Component
class RolloverJob {
    static final String NAME = "creditRolloverJob";

    private static final int MOST_SWEEPS = 3;
    private static final String SWEEPS = "rollover.sweeps";
    private static final String SWEEP_AGAIN = "SWEEP AGAIN";

    private final JobRepository jobRepository;
    private final PlatformTransactionManager transactions;
    private final Preflight preflight;
    private final RolloverSteps steps;
    private final Milestones milestones;

    RolloverJob(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            Preflight preflight,
            RolloverSteps steps,
            Milestones milestones) {
        this.jobRepository = jobRepository;
        this.transactions = transactions;
        this.preflight = preflight;
        this.steps = steps;
        this.milestones = milestones;
    }

    /** Builds the job for one attempt at a run. */
    Job of(RolloverRun run, RolloverOrder order) {
        Step preflightStep = step("preflight", contribution -> {
            ExecutionContext job = contextOf(contribution);
            job.putInt(SWEEPS, 0);
            preflight.run(run, order, job);
        });
        Step sweep = step("sweep", contribution -> {
            int sweeps = contextOf(contribution).getInt(SWEEPS) + 1;
            contextOf(contribution).putInt(SWEEPS, sweeps);
            steps.sweep(order).run("sweep", sweeps >= MOST_SWEEPS);
        });
        Step reconcile = step("reconcile", contribution -> {
            boolean last = contextOf(contribution).getInt(SWEEPS) >= MOST_SWEEPS;
            if (!milestones.reconciled(order, last)) {
                contribution.setExitStatus(new ExitStatus(SWEEP_AGAIN));
            }
        });
        Step report = step("report", contribution -> milestones.complete(order));
        return new JobBuilder(NAME, jobRepository)
                .listener(begun(order))
                .start(preflightStep)
                .next(steps.rollover(order))
                .next(sweep)
                .next(reconcile)
                .on(SWEEP_AGAIN)
                .to(sweep)
                .from(reconcile)
                .on(ExitStatus.COMPLETED.getExitCode())
                .to(report)
                .end()
                .build();
    }

    private JobExecutionListener begun(RolloverOrder order) {
        return new JobExecutionListener() {
            @Override
            public void beforeJob(JobExecution execution) {
                milestones.begun(execution, order);
            }
        };
    }

    private static ExecutionContext contextOf(StepContribution contribution) {
        return contribution.getStepExecution().getJobExecution().getExecutionContext();
    }

    /** A step outside any transaction: what it reads and writes has transactions of its own. */
    private Step step(String name, Work work) {
        DefaultTransactionAttribute none =
                new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        return new StepBuilder(name, jobRepository)
                .tasklet(
                        (contribution, context) -> {
                            work.run(contribution);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .transactionAttribute(none)
                .allowStartIfComplete(true)
                .build();
    }

    /** What a step does. */
    @FunctionalInterface
    private interface Work {
        void run(StepContribution contribution) throws Exception;
    }
}
