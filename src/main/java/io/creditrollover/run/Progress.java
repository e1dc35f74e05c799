package io.creditrollover.run;

/** Receives the start of an attempt, then its progress at intervals, from a separate thread. */
@FunctionalInterface
public interface Progress {
    /** Ignores all reports. */
    Progress SILENT = (done, total) -> {};

    /**
     * Reports the users accounted for, of those in scope at the start.
     *
     * @param done 0 or more
     * @param total 0 while unknown
     */
    void at(long done, long total);

    /**
     * Reports the start of an attempt; its execution id is stored now. Called once by the working thread, or never for
     * a refused attempt.
     */
    default void begun(long executionId) {}
}
