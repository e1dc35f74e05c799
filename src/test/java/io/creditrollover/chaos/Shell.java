package io.creditrollover.chaos;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the operating system. */
final class Shell {
    private Shell() {}

    /** What a command said and how it ended. */
    record Result(int exitCode, String output) {}

    /** Runs a command to its end, at most five minutes. */
    static Result run(List<String> command) {
        try {
            File output = File.createTempFile("chaos", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
                if (!process.waitFor(300, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("took more than five minutes: " + command);
                }
                return new Result(
                        process.exitValue(), java.nio.file.Files.readString(output.toPath(), StandardCharsets.UTF_8));
            } finally {
                output.delete();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void mustRun(List<String> command) {
        Result result = run(command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(command + " ended with " + result.exitCode() + ": " + result.output());
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own the same user is nobody. */
    static List<String> asNobodySpecial(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("unshare", "-U"));
        all.addAll(command);
        return all;
    }
}
