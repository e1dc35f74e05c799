package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;

/** Validates typed text. Escaping happens on output. */
final class InputChecks {
    private static final int MAX_LENGTH = 500;

    private InputChecks() {}

    /** Returns the stripped text; null if blank. */
    static @Nullable String optional(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = text.strip();
        if (stripped.length() > MAX_LENGTH || stripped.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest(name + " must be one line of at most " + MAX_LENGTH + " characters.");
        }
        return stripped;
    }

    /** Returns the stripped text; rejects blank text. */
    static String required(String name, @Nullable String text) {
        String given = optional(name, text);
        if (given == null) {
            throw ApiException.badRequest(name + " is required.");
        }
        return given;
    }
}
