package io.creditrollover.undo;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.host.HostWrite;
import io.creditrollover.lease.ChunkInterruption;
import io.creditrollover.lease.FencedJobRepository;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Builds the step of an undo or reinstatement. */
@Component
public class UndoSteps {
    private final JobRepository jobRepository;
    private final PlatformTransactionManager transactions;
    private final JdbcClient jdbc;
    private final JdbcOperations plainJdbc;
    private final RolloverProperties properties;

    UndoSteps(
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

    /** Returns a step that passes once over the events. Rows locked by the host remain for the next pass. */
    public Step undo(UndoContext order, String name) {
        return new StepBuilder(name, FencedJobRepository.of(jobRepository, order.guard(), transactions))
                .<Reviewed, Reviewed>chunk(properties.chunkSize())
                .transactionManager(transactions)
                .reader(new ReversibleEventReader(jdbc, order, properties.chunkSize()))
                .processor(reviewed -> reviewed.isNothing() ? null : reviewed)
                .writer(new ReversalWriter(jdbc, new HostWrite(plainJdbc), order))
                .interruptionPolicy(new ChunkInterruption(order.signal()))
                .allowStartIfComplete(true)
                .build();
    }
}
