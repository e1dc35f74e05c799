package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;

/** Checks a REASON from any interface: it is stored permanently and shown as a person's decision. */
public final class ReasonText {
    private static final int MAX_LENGTH = 500;

    private ReasonText() {}

    /**
     * Returns the stripped text. Masks phone numbers in it: an erasure cannot find them in free text.
     *
     * @param name for the message
     * @throws ExitException 64 if it is blank, longer than 500 characters, or more than one line
     */
    public static String checked(String name, String text) {
        String stripped = text.strip();
        if (stripped.chars().allMatch(ReasonText::isInvisible)) {
            throw new ExitException(ExitCode.USAGE, name + " is empty. Give a reason in words. Nothing was changed.");
        }
        if (stripped.length() > MAX_LENGTH || stripped.chars().anyMatch(ReasonText::isControl)) {
            throw new ExitException(
                    ExitCode.USAGE, name + " must be one line of at most " + MAX_LENGTH + " characters.");
        }
        return Masked.text(stripped);
    }

    /** Includes characters without width, such as U+200B. */
    private static boolean isInvisible(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT
                || Character.isISOControl(character);
    }

    private static boolean isControl(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }
}
