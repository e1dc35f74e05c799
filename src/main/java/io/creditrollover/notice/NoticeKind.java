package io.creditrollover.notice;

/** What a notice tells. */
public enum NoticeKind {
    /** Before the cut-off: credits would expire. */
    EXPIRING("expiring"),
    /** After a run: credits expired. */
    EXPIRED("expired"),
    /** Expired credits were added back. */
    REINSTATED("reinstated");

    private final String code;

    NoticeKind(String code) {
        this.code = code;
    }

    /** As in {@code credit_rollover_notices.kind}. */
    public String code() {
        return code;
    }

    public static NoticeKind of(String code) {
        for (NoticeKind kind : values()) {
            if (kind.code.equals(code)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of notice: " + code);
    }
}
