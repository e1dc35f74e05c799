package io.creditrollover.host;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A deviation of host, grants or configuration from the contract.
 *
 * @param where table, column, role or key
 * @param what the problem, as a sentence
 * @param mend SQL to paste, or an instruction; may be empty
 * @param byViews whether {@code mend} creates views, once for all errors with it
 */
public record Finding(
        Severity severity,
        String where,
        String what,
        String mend,
        @JsonIgnore boolean byViews) {
    /** Only an error refuses a run. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Finding error(String where, String what, String mend) {
        return new Finding(Severity.ERROR, where, what, mend, false);
    }

    static Finding errorMendedByViews(String where, String what, String views) {
        return new Finding(Severity.ERROR, where, what, views, true);
    }

    /** Returns a finding for review; it refuses no run. */
    public static Finding warning(String where, String what, String mend) {
        return new Finding(Severity.WARNING, where, what, mend, false);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
