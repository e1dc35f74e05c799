package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverDecision;
import java.util.List;

/**
 * Looks at each chunk of a live run in its transaction, after everything was read and written, and may refuse it by an
 * exception. Safe for use by several threads.
 */
@FunctionalInterface
public interface ChunkWatch {
    /** Lets everything pass. */
    ChunkWatch NONE = decisions -> {};

    /** Called with what the chunk decided. */
    void beforeCommit(List<RolloverDecision> decisions);
}
