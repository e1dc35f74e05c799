package io.creditrollover.rollover;

import java.util.Optional;
import org.springframework.batch.core.partition.PartitionHandler;

/** Who works through the ranges of a run. */
@FunctionalInterface
public interface PartitionHandlerFactory {
    /** The threads of this process. */
    PartitionHandlerFactory LOCAL = order -> Optional.empty();

    /**
     * Returns what has the ranges worked through elsewhere; empty for the threads of this process. It returns when
     * nobody works on a range of this attempt any more, or can commit one.
     */
    Optional<PartitionHandler> handlerFor(RunContext order);
}
