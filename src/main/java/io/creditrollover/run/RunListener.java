package io.creditrollover.run;

/**
 * Receives the end of an attempt. Beans of this type are called in the transaction of the run's end, so their writes
 * commit with it or not at all. A listener must be quick and use the database only. An exception rolls the end back.
 */
@FunctionalInterface
public interface RunListener {
    /** Called once the run's row has its final status, before the commit. */
    void ended(RunEndedEvent end);
}
