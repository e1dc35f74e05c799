package io.creditrollover.run;

/** Is told now and then how far an attempt is; from a thread of its own. */
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
}
