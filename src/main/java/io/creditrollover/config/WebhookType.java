package io.creditrollover.config;

import java.util.Arrays;
import java.util.Optional;

/** The types of messages for programs of the host. */
public enum WebhookType {
    RUN_COMPLETED("rollover.run.completed"),
    RUN_FAILED("rollover.run.failed"),
    RUN_BLOCKED("rollover.run.blocked"),
    RUN_UNDONE("rollover.run.undone"),
    MONTH_OVERDUE("rollover.month.overdue"),
    /** The rollovers and expiries of an ended run. */
    DECISIONS("rollover.decisions"),
    /** The reversals and reinstatements of an ended run. */
    REINSTATEMENTS("rollover.reinstatements"),
    /** Notices for users. */
    NOTICES("rollover.notices");

    private final String code;

    WebhookType(String code) {
        this.code = code;
    }

    /** Returns the {@code type} of a message. */
    public String code() {
        return code;
    }

    public static Optional<WebhookType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }
}
