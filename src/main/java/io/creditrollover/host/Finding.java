package io.creditrollover.host;

/**
 * A deviation of host, grants or configuration from the contract.
 *
 * @param where table, column, role or key
 * @param what the problem, as a sentence
 * @param mend SQL to paste, or an instruction; may be empty
 */
public record Finding(Severity severity, String where, String what, String mend) {
    /** Only an error refuses a run. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(String where, String what, String mend) {
        return new Finding(Severity.ERROR, where, what, mend);
    }

    /** Returns a finding for review; it refuses no run. */
    public static Finding warning(String where, String what, String mend) {
        return new Finding(Severity.WARNING, where, what, mend);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
