package io.creditrollover.rollover;

import java.util.Optional;
import org.springframework.batch.core.partition.PartitionHandler;

/** Chooses local or remote execution of a run's partitions. */
@FunctionalInterface
public interface PartitionHandlerFactory {
    /** Uses the threads of this process. */
    PartitionHandlerFactory LOCAL = order -> Optional.empty();

    /**
     * Returns a remote handler; empty for local threads. The handler returns only after every worker has stopped or can
     * no longer commit.
     */
    Optional<PartitionHandler> handlerFor(RunContext order);
}
