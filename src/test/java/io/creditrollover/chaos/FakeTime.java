package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Another time of day for a process, which a test may change while that runs: the library libfaketime. */
final class FakeTime {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final Path file;

    private FakeTime(Path file) {
        this.file = file;
    }

    /** Keeps the offset in a file in {@code directory}. Skips the test where the library is not installed, but in CI. */
    static FakeTime in(Path directory) throws IOException {
        assumeInstalled();
        return new FakeTime(Files.createTempFile(directory, "clock", ".offset")).set("+0");
    }

    /** Returns what a process must be started with whose clock is off, and stays so: {@code -1d}, {@code +40d}. */
    static Map<String, String> off(String offset) {
        assumeInstalled();
        return with("FAKETIME", offset);
    }

    private static void assumeInstalled() {
        boolean installed = Files.exists(LIBRARY);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed)
                    .as("libfaketime; install the package libfaketime")
                    .isTrue();
        }
        Assumptions.assumeTrue(installed, "No libfaketime at " + LIBRARY + "; install the package libfaketime.");
    }

    /** Sets the clock that many seconds, or with a unit, off: {@code -1d}, {@code +40d}. */
    FakeTime set(String offset) {
        try {
            // Replaced as a whole: a process that reads it meanwhile must not find it empty.
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), offset + "\n");
            Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what a process must be started with; it looks at the file once a second. */
    Map<String, String> environment() {
        return with("FAKETIME_TIMESTAMP_FILE", file.toString());
    }

    /** Its timers go by the machine's own steady clock, as they do anywhere. */
    private static Map<String, String> with(String key, String value) {
        return Map.of(
                "LD_PRELOAD",
                LIBRARY.toString(),
                key,
                value,
                "NO_FAKE_STAT",
                "1",
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // A cure for an old glibc, of which a JVM's timed waits never wake.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
