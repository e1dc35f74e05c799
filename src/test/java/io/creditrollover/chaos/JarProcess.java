package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as a process of its own. */
final class JarProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** As {@link Process#exitValue} has it for a process that a signal ended. */
    static final int KILLED = 128 + 9;

    private final Process process;
    private final Path out;
    private final Path err;

    private JarProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How a process ended. */
    record Ended(int exitCode, String out, String err) {
        /** Returns the one JSON object on standard output; fails where there is none, or more. */
        JsonNode json() {
            assertThat(out)
                    .as("standard output of a process that ended with %d; it also said: %s", exitCode, err)
                    .isNotBlank();
            JsonNode object = JSON.readTree(out);
            assertThat(object.isObject()).as("one JSON object: %s", out).isTrue();
            assertThat(object.path("exitCode").asInt(-1)).as(out).isEqualTo(exitCode);
            assertThat(object.has("error")).as(out).isEqualTo(exitCode != 0);
            return object;
        }
    }

    /** Starts a command with some environment, and nothing of ours from that of the test. */
    static JarProcess start(Program program, Path directory, Map<String, String> environment, String... arguments) {
        try {
            List<String> command = new ArrayList<>(program.command());
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile(directory, "process", ".out");
            Path err = Files.createTempFile(directory, "process", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("ROLLOVER_")
                            || name.startsWith("SPRING_")
                            || name.startsWith("JAVA_TOOL")
                            || name.startsWith("JDK_JAVA"));
            builder.environment().putAll(environment);
            return new JarProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal: KILL, TERM, STOP or CONT. */
    void signal(String name) {
        Shell.run(List.of("kill", "-" + name, String.valueOf(process.pid())));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end; a process that takes longer than that hangs, which is a violation. */
    Ended await(Duration atMost) {
        try {
            String stacks = process.waitFor(20, TimeUnit.SECONDS) ? "" : stacks();
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("still there after " + atMost + ": " + read(err) + "\n" + stacks);
            }
            return new Ended(process.exitValue(), read(out), read(err) + "\n" + stacks);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String stacks() {
        Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
        return Files.isExecutable(jstack)
                ? Shell.run(List.of(jstack.toString(), String.valueOf(process.pid())))
                        .output()
                : "";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
