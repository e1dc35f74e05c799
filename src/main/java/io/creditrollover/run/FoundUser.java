package io.creditrollover.run;

import org.jspecify.annotations.Nullable;

/** A user matching a search. {@code present} is false if the host deleted the user. */
public record FoundUser(long id, String maskedPhone, boolean present) {
    private static final int SHOWN = 4;

    static FoundUser of(long id, @Nullable String phone, boolean present) {
        String digits = phone == null ? "" : phone.replaceAll("\\D", "");
        int hidden = digits.length() <= SHOWN ? digits.length() : digits.length() - SHOWN;
        return new FoundUser(id, "*".repeat(hidden) + digits.substring(hidden), present);
    }

    String sentence() {
        return "user " + id + " (" + (maskedPhone.isEmpty() ? "no phone number" : "phone " + maskedPhone)
                + (present ? ")" : ", deleted by the application)");
    }
}
