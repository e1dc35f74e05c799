package io.creditrollover.remote;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.rollover.RangeWorkers;
import io.creditrollover.rollover.RolloverOrder;
import io.creditrollover.run.RunWatches;
import java.util.Optional;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Has the ranges of a run worked through by {@link Worker}s in other processes. */
@Lazy
@Component
public class RemoteRanges implements RangeWorkers {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Channels channels;
    private final JobRepository repository;
    private final RunWatches watches;
    private final RolloverProperties properties;

    RemoteRanges(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Channels channels,
            JobRepository repository,
            RunWatches watches,
            RolloverProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.channels = channels;
        this.repository = repository;
        this.watches = watches;
        this.properties = properties;
    }

    @Override
    public Optional<PartitionHandler> elsewhere(RolloverOrder order) {
        return Optional.of((splitter, manager) -> {
            try (PartitionChannel channel = channels.open(1)) {
                Offers offers = new Offers(jdbc, transaction, channel, order.guard());
                Patience patience =
                        new Patience(order.runId(), properties.remote().waitForWorkers());
                return new OfferedRanges(
                                order, offers, patience, properties.lease().duration(), repository, watches)
                        .handle(splitter, manager);
            }
        });
    }
}
