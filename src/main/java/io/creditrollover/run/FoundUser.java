package io.creditrollover.run;

import org.jspecify.annotations.Nullable;

/**
 * A user who fits what somebody typed.
 *
 * @param maskedPhone the last four digits behind stars; empty where the host knows no number
 * @param present whether the host has the user still; else only events do
 */
public record FoundUser(long id, String maskedPhone, boolean present) {
    private static final int SHOWN = 4;

    static FoundUser of(long id, @Nullable String phone, boolean present) {
        String digits = phone == null ? "" : phone.replaceAll("\\D", "");
        int hidden = digits.length() <= SHOWN ? digits.length() : digits.length() - SHOWN;
        return new FoundUser(id, "*".repeat(hidden) + digits.substring(hidden), present);
    }

    /** Returns the user in half a sentence. */
    String sentence() {
        return "user " + id + " (" + (maskedPhone.isEmpty() ? "no phone number" : "phone " + maskedPhone)
                + (present ? ")" : ", deleted since)");
    }
}
