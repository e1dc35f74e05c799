package io.creditrollover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The console's demo in a process of its own, on a free port, once it has said its address and password. */
public final class DemoProcess implements AutoCloseable {
    private static final Pattern SAID =
            Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)\\s+Log in as:\\s+(\\S+)\\s+Password:\\s+(\\S+)\\s");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Process process;
    private final Path out;
    private final Matcher said;

    private DemoProcess(Process process, Path out, Matcher said) {
        this.process = process;
        this.out = out;
        this.said = said;
    }

    /** @param settings system properties, such as {@code spring.mail.port=25} */
    public static DemoProcess start(String... settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Dserver.port=0"));
        for (String setting : settings) {
            command.add("-D" + setting);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DemoServer.class.getName()));
        Path out = Files.createTempFile("demo", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ROLLOVER_") || name.startsWith("SPRING_"));
        Process process = builder.start();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Matcher found = SAID.matcher(Files.readString(out));
            if (found.find()) {
                return new DemoProcess(process, out, found);
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new AssertionError("the demo did not start: " + Files.readString(out));
            }
            Thread.sleep(100);
        }
    }

    public int port() {
        return Integer.parseInt(said.group(1));
    }

    public String username() {
        return said.group(2);
    }

    public String password() {
        return said.group(3);
    }

    /** All that it has printed so far. */
    public String said() throws IOException {
        return Files.readString(out);
    }

    /** Interrupts it, as Ctrl-C does, and waits for its end. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        Files.deleteIfExists(out);
    }
}
