package io.creditrollover.run;

/** Receives an attempt's start, then its progress from a separate thread. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = (done, total) -> {};

    /** Reports users accounted for, of those in scope at the start; {@code total} is 0 while unknown. */
    void at(long done, long total);

    /** Reports the execution id, once stored. Called once by the working thread; never for a refused attempt. */
    default void begun(long executionId) {}
}
