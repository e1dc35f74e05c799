package io.creditrollover.notify;

/**
 * A reason for a person to look at a run.
 *
 * @param name used in metrics and mail subjects
 * @param sentence for the mail, with figures
 */
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
