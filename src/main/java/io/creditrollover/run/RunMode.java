package io.creditrollover.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** The purpose of a run. */
public enum RunMode {
    /** Changes balances. */
    LIVE("live"),
    /** Decides like a live run; stores decisions separately. */
    DRY_RUN("dry-run"),
    /** Reverses the expiries of a live run. */
    UNDO("undo"),
    /** Adds expired credits back outside an undo: a second look, or a person's decision about one user. */
    REINSTATE("reinstate");

    private final String code;

    RunMode(String code) {
        this.code = code;
    }

    /** Returns the value of {@code credit_rollover_runs.mode}. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Whether it adds expired credits back. */
    boolean addsBack() {
        return this == UNDO || this == REINSTATE;
    }

    /** Returns the command that resumes an execution, with what it requires. A reinstatement has none. */
    public String commandToResume(long executionId) {
        return this == UNDO ? "undo " + executionId + " --reason=TEXT" : "restart " + executionId;
    }

    static RunMode of(String code) {
        return Arrays.stream(values())
                .filter(mode -> mode.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such mode: " + code));
    }
}
