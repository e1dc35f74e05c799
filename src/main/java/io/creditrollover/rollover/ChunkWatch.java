package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverDecision;
import java.util.List;

/** Checks each chunk of a live run at the end of its transaction. An exception rolls the chunk back. Thread-safe. */
@FunctionalInterface
public interface ChunkWatch {
    /** Accepts every chunk. */
    ChunkWatch NONE = decisions -> {};

    void beforeCommit(List<RolloverDecision> decisions);
}
