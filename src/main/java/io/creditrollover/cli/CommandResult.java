package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import org.jspecify.annotations.Nullable;

/** {@code body} has the fields of the JSON object; {@code error} is null if the exit code is 0. */
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
