package io.creditrollover.run;

/** A condition of a live run beyond host, tables and grants. Beans of this type are asked before anything is written. */
@FunctionalInterface
public interface LiveRunCheck {
    /** Rejects (78) with the fix. */
    void require();
}
