package io.creditrollover.run;

/**
 * Receives the end of an attempt. Beans of this type are called in the transaction of the end: their writes commit with
 * it, and an exception rolls it back. A listener must be quick and use the database only.
 */
@FunctionalInterface
public interface RunListener {
    /** Is called before the commit; the row has its final status. */
    void ended(RunEndedEvent end);
}
