package io.creditrollover.exit;

/**
 * Ends a command with an exit code and one sentence for the caller: problem, place, remedy. It is an expected result,
 * so it has no stack trace in the output.
 */
public class ExitException extends RuntimeException {
    private final ExitCode exitCode;

    /** {@code sentence} must not contain a secret or a whole phone number. */
    public ExitException(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** As above, with the cause for the debug log. */
    public ExitException(ExitCode exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** Returns the exit code. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** Returns the sentence for the caller. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
