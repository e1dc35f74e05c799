package io.creditrollover.exit;

/** Exit codes as in sysexits.h, with the reaction of a scheduler. */
public enum ExitCode {
    /** Done, already done, or disabled. */
    OK(0),
    /** Wrong usage, an unknown id or user, or not possible in this status: do not retry. */
    USAGE(64),
    /** Blocked by a limit, refused, or reconciliation failed: a person decides. */
    REFUSED(65),
    /** Stopped, failed and restartable, held by another process, or unexpected: retry. */
    RETRY(75),
    /** Wrong configuration, schema or grants; this attempt wrote nothing: do not retry. */
    CONFIGURATION(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
