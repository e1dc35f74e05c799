package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverDecision;
import java.util.List;

/** Checks each chunk of a live run before its commit; an exception rolls it back. Thread-safe. */
@FunctionalInterface
public interface ChunkWatch {
    ChunkWatch NONE = decisions -> {};

    void beforeCommit(List<RolloverDecision> decisions);
}
