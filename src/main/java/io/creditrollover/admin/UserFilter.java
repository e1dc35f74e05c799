package io.creditrollover.admin;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user's id, whole phone number, or exactly its last four digits. Other endings match nothing, so nobody can find a
 * number digit by digit.
 *
 * @param given digits without spaces and dashes; a plus stays, and the minus of an id
 */
record UserFilter(String given) {
    private static final int LAST_DIGITS = 4;
    private static final int MIN_WHOLE_DIGITS = 7;
    private static final int MAX_COUNTRY_CODE_DIGITS = 3;
    private static final int MAX_DIGITS = 19;

    /** A phone number does not begin with a dash. Without it, the filter would name another user. */
    private static final String NEGATIVE_ID = "-[1-9]\\d{0," + (MAX_DIGITS - 1) + "}";

    /** @throws ApiException 400 if it is not digits */
    static UserFilter of(String typed) {
        String id = typed.strip();
        if (id.matches(NEGATIVE_ID)) {
            return new UserFilter(id);
        }
        String bare = typed.replaceAll("[\\s().-]", "");
        if (!bare.matches("\\+?\\d{1," + MAX_DIGITS + "}")) {
            throw ApiException.badRequest("user must be an id, a complete phone number, or its last four digits.");
        }
        return new UserFilter(bare);
    }

    /** Returns null if it cannot be an id. */
    @Nullable Long id() {
        try {
            return given.matches("0|-?[1-9]\\d*") ? Long.valueOf(given) : null;
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    /** Returns LIKE patterns; none if it is not a phone number. */
    List<String> phonePatterns() {
        if (isLastDigits()) {
            return List.of("%" + digits());
        }
        if (!isWhole() || given.startsWith("-")) {
            return List.of();
        }
        // The host's number may lack the country code.
        Stream<String> shorter = IntStream.rangeClosed(1, MAX_COUNTRY_CODE_DIGITS)
                .filter(left -> digits().length() - left >= MIN_WHOLE_DIGITS)
                .mapToObj(left -> digits().substring(left));
        return Stream.concat(Stream.of("%" + digits()), shorter).toList();
    }

    /** The input may lack the country code. */
    int maxDigits() {
        return isLastDigits() ? Integer.MAX_VALUE : digits().length() + MAX_COUNTRY_CODE_DIGITS;
    }

    private boolean isLastDigits() {
        return given.matches("\\d{" + LAST_DIGITS + "}");
    }

    boolean isWhole() {
        return digits().length() >= MIN_WHOLE_DIGITS;
    }

    private String digits() {
        return given.startsWith("+") || given.startsWith("-") ? given.substring(1) : given;
    }
}
