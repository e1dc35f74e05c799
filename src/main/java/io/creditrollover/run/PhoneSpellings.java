package io.creditrollover.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A full phone number, and its possible spellings in the host's table.
 *
 * <p>Compares digits only: hosts name no default country. A library of numbering plans needs one, and rejects test and
 * short numbers.
 *
 * @param typed stripped
 * @param digits without leading and trunk zeros
 */
record PhoneSpellings(String typed, String digits) {
    /** Maximum digits of a country code. */
    static final int MAX_LEFT_OUT = 3;

    /** Shorter numbers must be equal: with three digits ignored, nearly all would match. */
    static final int MIN_COMPARABLE = 7;

    private static final Pattern NUMBER =
            Pattern.compile("[+\\d][\\d\\s().\\-/\\u00a0\\u2010-\\u2015]*|\\([+\\d][\\d\\s().\\-/+]*");
    private static final Pattern TRUNK_ZERO = Pattern.compile("\\(0\\)");
    private static final int MAX_DIGITS = 20;

    /** Parses a number; empty if the text is none. */
    static Optional<PhoneSpellings> of(String text) {
        String typed = text.strip();
        String digits =
                TRUNK_ZERO.matcher(typed).replaceAll("").replaceAll("\\D", "").replaceFirst("^0+(?=\\d)", "");
        return NUMBER.matcher(typed).matches() && !digits.isEmpty() && digits.length() <= MAX_DIGITS
                ? Optional.of(new PhoneSpellings(typed, digits))
                : Optional.empty();
    }

    /** Returns some thousand spellings at most; each costs one index lookup. */
    Set<String> withoutSeparators() {
        Set<String> all = new LinkedHashSet<>();
        all.add(typed);
        prefixed(all, digits);
        if (digits.length() >= MIN_COMPARABLE) {
            for (int code = 1; code < 1000; code++) {
                prefixed(all, code + digits);
            }
        }
        for (int left = 1; left <= MAX_LEFT_OUT && digits.length() - left >= MIN_COMPARABLE; left++) {
            prefixed(all, digits.substring(left));
        }
        return all;
    }

    private static void prefixed(Set<String> all, String number) {
        all.add(number);
        all.add("+" + number);
        all.add("0" + number);
        all.add("00" + number);
    }
}
