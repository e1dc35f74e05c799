package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;

/**
 * Which user's events are wanted: by id, by a whole phone number, or by exactly its last four digits. Other endings find
 * nothing, so that nobody can spell a number out digit by digit.
 *
 * @param given the digits as typed, without spaces and dashes; a plus stays
 */
record UserFilter(String given) {
    private static final int LAST_DIGITS = 4;
    private static final int MIN_WHOLE_DIGITS = 7;
    private static final int MAX_COUNTRY_CODE_DIGITS = 3;
    private static final int MAX_DIGITS = 19;

    /**
     * Reads what was typed.
     *
     * @throws BadRequestException for what is neither
     */
    static UserFilter of(String typed) {
        String bare = typed.replaceAll("[\\s().-]", "");
        if (!bare.matches("\\+?\\d{1," + MAX_DIGITS + "}")) {
            throw new BadRequestException(
                    "user must be an id, a whole phone number, or the last four digits of one, in digits.");
        }
        return new UserFilter(bare);
    }

    /** Returns the id; null for what cannot be one. */
    @Nullable Long id() {
        try {
            return given.matches("[1-9]\\d*") ? Long.valueOf(given) : null;
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    /** Returns what a phone number's digits must be like; null where no phone number is meant. */
    @Nullable String phonePattern() {
        return isLastDigits() || isWhole() ? "%" + digits() : null;
    }

    /** Returns the number of digits that the phone number may have: the country code may be left out. */
    int maxDigits() {
        return isLastDigits() ? Integer.MAX_VALUE : digits().length() + MAX_COUNTRY_CODE_DIGITS;
    }

    private boolean isLastDigits() {
        return given.matches("\\d{" + LAST_DIGITS + "}");
    }

    private boolean isWhole() {
        return digits().length() >= MIN_WHOLE_DIGITS;
    }

    private String digits() {
        return given.startsWith("+") ? given.substring(1) : given;
    }
}
