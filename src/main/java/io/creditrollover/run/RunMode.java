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
    /** Reinstates credits after late payments. */
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

    static RunMode of(String code) {
        return Arrays.stream(values())
                .filter(mode -> mode.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such mode: " + code));
    }
}
