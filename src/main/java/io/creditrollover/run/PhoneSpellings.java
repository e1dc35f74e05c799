package io.creditrollover.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A whole phone number as somebody typed it, and how a host may have stored it.
 *
 * <p>Digits are compared, not countries: hosts store numbers with and without a country code and never say which country is
 * the default. A library of numbering plans would need that, and refuse the test and short numbers that hosts hold too.
 *
 * @param typed as given, without space around it
 * @param digits those of {@code typed}, without the zeros before them that only mean "another area" or "another country"
 */
record PhoneSpellings(String typed, String digits) {
    /** Digits that a country code may have. */
    static final int MAX_LEFT_OUT = 3;

    /** Shorter numbers must be equal: with three digits left out of fewer than ten, nearly all would fit. */
    static final int MIN_COMPARABLE = 7;

    private static final Pattern NUMBER =
            Pattern.compile("[+\\d][\\d\\s().\\-/\\u00a0\\u2010-\\u2015]*|\\([+\\d][\\d\\s().\\-/+]*");
    private static final Pattern TRUNK_ZERO = Pattern.compile("\\(0\\)");
    private static final int MAX_DIGITS = 20;

    /** Returns the number; empty for a text that is none. */
    static Optional<PhoneSpellings> of(String text) {
        String typed = text.strip();
        String digits =
                TRUNK_ZERO.matcher(typed).replaceAll("").replaceAll("\\D", "").replaceFirst("^0+(?=\\d)", "");
        return NUMBER.matcher(typed).matches() && !digits.isEmpty() && digits.length() <= MAX_DIGITS
                ? Optional.of(new PhoneSpellings(typed, digits))
                : Optional.empty();
    }

    /** Returns spellings without separators that mean the same number, some thousands at most, each one step down an index. */
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
