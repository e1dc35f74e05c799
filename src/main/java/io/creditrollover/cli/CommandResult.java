package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * Result of a command.
 *
 * @param body fields of the JSON object, a record or map; null for none
 * @param text for people, on standard output; empty for none
 * @param error one sentence if the exit code is not 0; null otherwise
 */
record CommandResult(
        ExitCode exitCode,
        @Nullable Object body,
        String text,
        @Nullable String error) {
    static CommandResult done(Object body, String text) {
        return new CommandResult(ExitCode.OK, body, text, null);
    }

    static CommandResult refused(ExitCode exitCode, String error) {
        return new CommandResult(exitCode, null, "", error);
    }
}
