package io.creditrollover.run;

/**
 * Is told when an attempt at a run ends. A bean of this type is called in the transaction that writes the run's end: what
 * it writes is there exactly when that end is. It must be quick, must not leave the database, and an exception from it
 * rolls the end back.
 */
@FunctionalInterface
public interface RunListener {
    /** The run's row says so now, in a transaction that is not committed yet. */
    void ended(RunEndedEvent end);
}
