package io.creditrollover.admin;

/** Hides what nobody needs to see whole. */
final class Masks {
    private static final int SHOWN = 4;

    private Masks() {}

    /** Returns a phone number with all but its last four characters hidden. */
    static String phone(String phone) {
        int hidden = Math.max(0, phone.length() - SHOWN);
        return "•".repeat(hidden) + phone.substring(hidden);
    }
}
