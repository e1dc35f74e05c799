package io.creditrollover.run;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a run stands, and which way it can go from there. */
public enum RunStatus {
    /** An attempt is at work, or was when its process died. */
    RUNNING,
    /** Everybody is accounted for and the figures agree. */
    COMPLETED,
    /** An attempt ended with an error; it can be resumed. */
    FAILED,
    /** An attempt was asked to stop; it can be resumed. */
    STOPPED,
    /** A limit stopped it before its first write. */
    BLOCKED,
    /** What it took was given back. */
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

    /** Returns whether a run may go from here to {@code next}. */
    public boolean mayBecome(RunStatus next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Returns what a run that has written is called when it may not go on: as before, and never BLOCKED. */
    RunStatus afterRefusal() {
        return this == STOPPED ? STOPPED : FAILED;
    }

    /** Returns whether a later attempt goes on with the same run. */
    public boolean isResumable() {
        return this == RUNNING || this == FAILED || this == STOPPED || this == BLOCKED;
    }
}
