package io.creditrollover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The product as a process of its own, which can be signalled and killed, and whose environment can be set. */
public final class ProductProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;

    private final Process process;
    private final Path out;
    private final Path err;

    private ProductProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code java ... CreditRolloverApplication args} on a database, with no more environment than is given. */
    public static ProductProcess start(TestDatabase database, Map<String, String> environment, String... args) {
        return start(StartArchive.options(), database, environment, args);
    }

    /** As above, in a JVM with these options. */
    static ProductProcess start(
            List<String> options, TestDatabase database, Map<String, String> environment, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add(CreditRolloverApplication.class.getName());
        command.addAll(Arrays.asList(args));
        try {
            Path out = Files.createTempFile("product", ".out");
            Path err = Files.createTempFile("product", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ROLLOVER_") || name.startsWith("SPRING_"));
            builder.environment().put("SPRING_DATASOURCE_URL", database.url());
            builder.environment().put("SPRING_DATASOURCE_USERNAME", TestDatabase.USERNAME);
            builder.environment().put("ROLLOVER_SAFETY_FIRST_RUN", "allow");
            builder.environment().putAll(environment);
            return new ProductProcess(builder.start(), out, err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL, and waits until it is dead. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** Returns the exit code. */
    public int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end within " + PATIENCE_SECONDS + " s: " + err());
        }
        return process.exitValue();
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
