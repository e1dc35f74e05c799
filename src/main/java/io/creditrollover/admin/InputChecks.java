package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;

/** Bounds on what people type. What passes is kept as it is and escaped where it is shown. */
final class InputChecks {
    private static final int MAX_LENGTH = 500;

    private InputChecks() {}

    /** Returns {@code text} without space around it, or null where there is nothing. */
    static @Nullable String optional(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = text.strip();
        if (stripped.length() > MAX_LENGTH || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequestException(name + " must be one line of at most " + MAX_LENGTH + " characters.");
        }
        return stripped;
    }

    /** Returns {@code text} without space around it; refuses nothing at all. */
    static String required(String name, @Nullable String text) {
        String given = optional(name, text);
        if (given == null) {
            throw new BadRequestException(name + " is needed.");
        }
        return given;
    }
}
