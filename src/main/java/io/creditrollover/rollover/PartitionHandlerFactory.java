package io.creditrollover.rollover;

import java.util.Optional;
import org.springframework.batch.core.partition.PartitionHandler;

/** Chooses where a run's partitions execute. */
@FunctionalInterface
public interface PartitionHandlerFactory {
    /** This process. */
    PartitionHandlerFactory LOCAL = order -> Optional.empty();

    /**
     * Returns a remote handler; empty for this process. The handler returns only after every worker has stopped or
     * cannot commit.
     */
    Optional<PartitionHandler> handlerFor(RunContext order);
}
