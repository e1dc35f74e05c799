package io.creditrollover.notify;

/** A reason for a person to look at a run. {@code name} is used in metrics and mail subjects. */
record Alert(Name name, String sentence) {
    enum Name {
        FAILED,
        BLOCKED,
        UNUSUAL_EXPIRY,
        SKIPPED,
        DIFFERENCE;

        String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }
}
