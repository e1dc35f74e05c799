package io.creditrollover.run;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The status of a run, and its transitions. */
public enum RunStatus {
    /** An attempt is active, or its process died. */
    RUNNING,
    /** All users are accounted for, and totals agree. */
    COMPLETED,
    /** An attempt failed; it can resume. */
    FAILED,
    /** An attempt stopped on request; it can resume. */
    STOPPED,
    /** A limit stopped it before its first write. */
    BLOCKED,
    /** Its expiries were reversed. */
    UNDONE,
    /** Not a run: {@code rollover.enabled} is false. */
    DISABLED;

    private static final Map<RunStatus, Set<RunStatus>> NEXT = Map.of(
            RUNNING, EnumSet.of(RUNNING, COMPLETED, FAILED, STOPPED, BLOCKED, UNDONE),
            FAILED, EnumSet.of(RUNNING, FAILED, UNDONE),
            STOPPED, EnumSet.of(RUNNING, FAILED, UNDONE),
            BLOCKED, EnumSet.of(RUNNING),
            COMPLETED, EnumSet.of(UNDONE),
            UNDONE, EnumSet.noneOf(RunStatus.class),
            DISABLED, EnumSet.noneOf(RunStatus.class));

    public boolean mayBecome(RunStatus next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Returns the status after a refused resume of a run with writes; never BLOCKED. */
    RunStatus afterRefusal() {
        return this == STOPPED ? STOPPED : FAILED;
    }

    public boolean isResumable() {
        return this == RUNNING || this == FAILED || this == STOPPED || this == BLOCKED;
    }
}
