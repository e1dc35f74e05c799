package io.creditrollover.exit;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

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

    /** What a scheduler must not retry comes first. */
    private static final List<ExitCode> BY_GRAVITY = List.of(CONFIGURATION, REFUSED, USAGE, RETRY);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the codes of several works, the gravest first, without {@link #OK}. */
    public static Stream<ExitCode> gravestFirst(Collection<ExitCode> codes) {
        return BY_GRAVITY.stream().filter(codes::contains);
    }

    public int code() {
        return code;
    }
}
