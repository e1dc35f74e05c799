package io.creditrollover.run;

/** Is told that an attempt has begun, then now and then how far it is; the latter from a thread of its own. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (done, total) -> {};

    /**
     * Users accounted for, of those in scope when the run began.
     *
     * @param done 0 or more
     * @param total 0 while it is not known
     */
    void at(long done, long total);

    /**
     * An attempt has begun and can be found by this execution id from now on. Told once, by the thread that works, or
     * never where an attempt is refused.
     */
    default void begun(long executionId) {}
}
