package io.creditrollover.remote;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.lease.Leases;
import io.creditrollover.rollover.PartitionHandlerFactory;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.run.RunWatchFactory;
import java.util.Optional;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets {@link Worker}s in other processes process the partitions. */
@Lazy
@Component
public class RemoteRanges implements PartitionHandlerFactory {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ChannelFactory channels;
    private final JobRepository repository;
    private final RunWatchFactory watches;
    private final Leases leases;
    private final RolloverProperties properties;

    RemoteRanges(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ChannelFactory channels,
            JobRepository repository,
            RunWatchFactory watches,
            Leases leases,
            RolloverProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.channels = channels;
        this.repository = repository;
        this.watches = watches;
        this.leases = leases;
        this.properties = properties;
    }

    @Override
    public Optional<PartitionHandler> handlerFor(RunContext order) {
        return Optional.of((splitter, manager) -> {
            try (PartitionChannel channel = channels.open(1)) {
                Offers offers = new Offers(jdbc, transaction, channel, order.guard());
                WorkerTimeout timeout =
                        new WorkerTimeout(order.runId(), properties.remote().waitForWorkers());
                return new RemotePartitionHandler(
                                order, offers, timeout, properties.lease().duration(), repository, watches, leases)
                        .handle(splitter, manager);
            }
        });
    }
}
