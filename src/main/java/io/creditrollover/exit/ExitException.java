package io.creditrollover.exit;

/**
 * Ends a command with an exit code and one sentence: problem, place, remedy. It is an expected result, shown without a
 * stack trace.
 */
public class ExitException extends RuntimeException {
    private final ExitCode exitCode;

    /** {@code sentence} must not contain a secret or a whole phone number. */
    public ExitException(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** {@code cause} is for the debug log. */
    public ExitException(ExitCode exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
