package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk of a few megabytes, in memory, which a test can fill to the last byte and make room on again. */
final class SmallDisk implements AutoCloseable {
    private static final byte[] PAGE = new byte[4096];

    private final Path path;
    private final Path filler;

    private SmallDisk(Path path) {
        this.path = path;
        this.filler = path.resolve("filler");
    }

    /** Mounts one. Skips the test where nobody may; in CI that is a failure. */
    static SmallDisk of(String size) throws IOException {
        Path path = Files.createTempDirectory("small-disk");
        Shell.Result mounted =
                Shell.run(List.of("mount", "-t", "tmpfs", "-o", "mode=700,size=" + size, "tmpfs", path.toString()));
        if (mounted.exitCode() != 0) {
            Files.delete(path);
        }
        if ("true".equals(System.getenv("CI"))) {
            assertThat(mounted.exitCode())
                    .as("a small disk can be mounted: %s", mounted.output())
                    .isZero();
        }
        Assumptions.assumeTrue(
                mounted.exitCode() == 0,
                "This machine lets this user mount no small disk ("
                        + mounted.output().strip() + ").");
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    /** Writes until nothing goes any more. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int pages = 0; pages < 1_000_000; pages++) {
                out.write(PAGE);
            }
            throw new IllegalStateException("not a small disk: " + path);
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    /** Makes room again. */
    void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException {
        Shell.mustRun(List.of("umount", "--lazy", path.toString()));
        Files.delete(path);
    }
}
