package io.creditrollover.exit;

/**
 * Ends a command with an exit code and one sentence for the person who called it: what is wrong, where, what to do.
 * It is an answer and no fault of the program, so it is shown without a stack trace.
 */
public class ExitException extends RuntimeException {
    private final ExitCode exitCode;

    /** Ends the command with {@code exitCode}; {@code sentence} must hold neither a secret nor a whole phone number. */
    public ExitException(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** As above, keeping what led here for the debug log. */
    public ExitException(ExitCode exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** Returns how the command ends. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** Returns the sentence for the person. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
