package io.creditrollover.exit;

/** How a command ends, and what a scheduler should make of it. The numbers are those of sysexits.h. */
public enum ExitCode {
    /** Done, done already, or switched off: nothing to do. */
    OK(0),
    /** Wrong usage, an unknown id or user, or not possible in this status: do not retry. */
    USAGE(64),
    /** Blocked by a limit, refused, or reconciliation failed: a person decides. */
    REFUSED(65),
    /** Stopped, failed and restartable, held by another process, or unforeseen: retry. */
    RETRY(75),
    /** Configuration, schema or grants are wrong; this attempt wrote nothing: do not retry. */
    CONFIGURATION(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the number given to the operating system. */
    public int code() {
        return code;
    }
}
