package io.creditrollover.run;

import java.util.Arrays;

/** What a run is for. */
public enum RunMode {
    /** Changes balances. */
    LIVE("live"),
    /** Decides like a live run, and writes its decisions apart. */
    DRY_RUN("dry-run"),
    /** Gives back what a live run took. */
    UNDO("undo"),
    /** Gives credits back to users who paid late. */
    REINSTATE("reinstate");

    private final String code;

    RunMode(String code) {
        this.code = code;
    }

    /** Returns the value of {@code credit_rollover_runs.mode}. */
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
