package io.creditrollover.host;

/**
 * Something about the host, the grants or the configuration that is not as the contract has it.
 *
 * @param where the table, column, role or key
 * @param what what is wrong, as a sentence
 * @param mend statements to paste, each with a semicolon, or what else to do; empty where there is nothing to say
 */
public record Finding(Severity severity, String where, String what, String mend) {
    /** Whether a run is refused. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(String where, String what, String mend) {
        return new Finding(Severity.ERROR, where, what, mend);
    }

    /** Returns something to look at that no run is refused for. */
    public static Finding warning(String where, String what, String mend) {
        return new Finding(Severity.WARNING, where, what, mend);
    }

    /** Returns whether a run is refused. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
