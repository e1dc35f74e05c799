package io.creditrollover.run;

/**
 * Is called after a run's COMPLETED is committed, outside any transaction, and again for each later request for the same
 * run. May read for seconds. A failure changes nothing about the run: it is logged, and the work is left to a later call.
 */
@FunctionalInterface
public interface CompletionListener {
    /** Called for each completed run; {@code runId} may be that of an undo or a reinstatement. */
    void completed(long runId);
}
