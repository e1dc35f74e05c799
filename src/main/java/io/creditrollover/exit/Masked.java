package io.creditrollover.exit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks text of a database, mail server or person: a host's {@code RAISE} or a unique violation can contain a phone
 * number. Of seven or more digits, also with spaces, dots, dashes and brackets between them, only the last four remain.
 * Dates, times and network addresses remain.
 */
public final class Masked {
    private static final int SHOWN = 4;

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** The first alternative is the text to keep. It comes first, because both can begin at the same place. */
    private static final Pattern DIGITS = Pattern.compile(
            "(?<!\\d)(\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?:[+-]\\d{2}(?::?\\d{2})?)?)?(?!\\d)"
                    + "|" + OCTET + "(?:\\." + OCTET + "){3}(?!\\.?\\d)(?::\\d+)?)"
                    + "|\\d(?:[ .()/\\u00a0\\u2010-\\u2015-]{0,3}\\d){6,}");

    private Masked() {}

    public static String text(String words) {
        return DIGITS.matcher(words)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) == null ? starred(found.group()) : found.group()));
    }

    private static String starred(String run) {
        int digits = 0;
        StringBuilder masked = new StringBuilder(run);
        for (int i = run.length() - 1; i >= 0; i--) {
            if (Character.isDigit(run.charAt(i)) && ++digits > SHOWN) {
                masked.setCharAt(i, '*');
            }
        }
        return masked.toString();
    }

    /** Returns the message's first line, masked and without {@code ERROR:}; without a message, the exception type. */
    public static String firstLine(Throwable failure) {
        String line = Causes.firstLine(failure);
        if (line.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        return text(line.startsWith("ERROR: ") ? line.substring("ERROR: ".length()) : line);
    }

    /** Returns a copy with masked messages, for a log with a stack trace. */
    public static Throwable trace(Throwable failure) {
        return new Trace(failure);
    }

    private static final class Trace extends Exception {
        private static final long serialVersionUID = 1L;

        Trace(Throwable failure) {
            super(shown(failure), cause(failure), true, true);
            setStackTrace(failure.getStackTrace());
            for (Throwable suppressed : failure.getSuppressed()) {
                addSuppressed(new Trace(suppressed));
            }
        }

        private static @Nullable Throwable cause(Throwable failure) {
            return failure.getCause() == null ? null : new Trace(failure.getCause());
        }

        private static String shown(Throwable failure) {
            String type = failure.getClass().getName();
            return failure.getMessage() == null ? type : type + ": " + text(failure.getMessage());
        }
    }
}
