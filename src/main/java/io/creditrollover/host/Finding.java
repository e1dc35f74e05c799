package io.creditrollover.host;

/**
 * A deviation of the host, the grants or the configuration from the contract.
 *
 * @param where table, column, role or key
 * @param what the problem, as a sentence
 * @param mend SQL to paste, each statement with a semicolon, or an instruction; may be empty
 */
public record Finding(Severity severity, String where, String what, String mend) {
    /** An error refuses a run; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(String where, String what, String mend) {
        return new Finding(Severity.ERROR, where, what, mend);
    }

    /** Returns a finding for review. Runs are still allowed. */
    public static Finding warning(String where, String what, String mend) {
        return new Finding(Severity.WARNING, where, what, mend);
    }

    /** Returns whether a run is refused. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
