package io.creditrollover.rollover;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.host.HostWrite;
import io.creditrollover.lease.ChunkInterruption;
import io.creditrollover.lease.FencedJobRepository;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds the partitioned step and the sweep. */
@Component
public class RolloverSteps {
    /** The partition's step. */
    public static final String RANGE = "rollover-range";

    /** Enough for partitions of about equal size. */
    private static final int SLICES_PER_RANGE = 8;

    private final JobRepository jobRepository;
    private final PlatformTransactionManager transactions;
    private final JdbcClient jdbc;
    private final JdbcOperations plainJdbc;
    private final RolloverProperties properties;

    RolloverSteps(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            JdbcOperations plainJdbc,
            RolloverProperties properties) {
        this.jobRepository = jobRepository;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.plainJdbc = plainJdbc;
        this.properties = properties;
    }

    /** Reads only, in the caller's transaction. */
    public Slices slices(RolloverPolicy policy) {
        return Slices.cut(jdbc, policy, SLICES_PER_RANGE * properties.partitions());
    }

    /** Freezes the partitions in the job's context, once per run. */
    public void freezeRanges(ExecutionContext job, Slices slices) {
        if (!KeyRangePartitioner.areFrozenIn(job)) {
            KeyRangePartitioner.of(slices, properties.partitions()).freezeIn(job);
        }
    }

    /** Returns the step for all frozen partitions. */
    public Step rollover(RunContext order) {
        return new LazyStep("rollover", execution -> {
            ExecutionContext job = execution.getJobExecution().getExecutionContext();
            try (PartitionExecutor threads = new PartitionExecutor(properties.effectiveThreads())) {
                partitioned(order, job, threads).execute(execution);
                if (execution.getStatus() != BatchStatus.COMPLETED) {
                    order.signal().request(); // stops the other partitions
                }
            }
        });
    }

    private Step partitioned(RunContext order, ExecutionContext job, PartitionExecutor threads) {
        PartitionHandler handler = order.workers().handlerFor(order).orElseGet(() -> here(order, threads));
        return new StepBuilder("rollover", fenced(order))
                .partitioner(RANGE, KeyRangePartitioner.frozenIn(job))
                .partitionHandler(handler)
                .gridSize(properties.partitions())
                .build();
    }

    private PartitionHandler here(RunContext order, PartitionExecutor threads) {
        TaskExecutorPartitionHandler handler = new TaskExecutorPartitionHandler();
        handler.setStep(range(order));
        handler.setTaskExecutor(threads);
        return handler;
    }

    /** Returns the step for the execution's partition, from its restart position. */
    public Step range(RunContext order) {
        return new LazyStep(RANGE, execution -> range(order, execution).execute(execution));
    }

    /** Returns the sweep for the remaining users. {@code maxRefused} is for the whole run. */
    public Sweep sweep(RunContext order, long maxRefused) {
        return new Sweep(
                order,
                jdbc,
                new TransactionTemplate(transactions),
                new CandidateSource(jdbc, order, transactions),
                new DecisionWriter(jdbc, new HostWrite(plainJdbc), order, Sweep.WORK),
                new Sweep.Limits(properties.chunkSize(), properties.rowBusyWait(), maxRefused));
    }

    private Step range(RunContext order, StepExecution execution) {
        HostWrite host = new HostWrite(plainJdbc);
        CandidateReader reader = new CandidateReader(
                order,
                new CandidateSource(jdbc, order, transactions),
                host,
                PartitionContextRecovery.of(execution, jobRepository),
                properties.chunkSize());
        return new StepBuilder(execution.getStepName(), fenced(order))
                .<Candidate, DecidedUser>chunk(properties.chunkSize())
                .transactionManager(transactions)
                .reader(reader)
                .processor(new CandidateProcessor(order.policy()))
                .writer(new DecisionWriter(jdbc, host, order, execution.getStepName()))
                .interruptionPolicy(new ChunkInterruption(order.signal()))
                .build();
    }

    private JobRepository fenced(RunContext order) {
        return FencedJobRepository.of(jobRepository, order.guard(), transactions);
    }
}
