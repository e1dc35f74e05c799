package io.creditrollover.notify;

/**
 * Something a person should look at.
 *
 * @param name as metrics and subjects have it
 * @param sentence what it is, with its figures
 */
record Alert(Name name, String sentence) {
    /** What there can be. */
    enum Name {
        FAILED,
        BLOCKED,
        UNUSUAL_EXPIRY,
        SET_ASIDE,
        DIFFERENCE;

        String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }
}
