package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The password file of a process that was killed goes at the next backup; that of one at work stays. */
class PasswordFileTest {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @Test
    void onlyThoseOfTheDeadAreRemoved() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        Path alive = Files.createTempFile(TEMPORARY, "credit-rollover-" + other.pid() + "-", "");
        Process short1 = new ProcessBuilder("true").start();
        short1.waitFor();
        Path dead = Files.createTempFile(TEMPORARY, "credit-rollover-" + short1.pid() + "-", "");
        Path ofAContainerBefore = Files.createTempFile(
                TEMPORARY, "credit-rollover-" + ProcessHandle.current().pid() + "-", "");
        Files.setLastModifiedTime(ofAContainerBefore, FileTime.from(Instant.EPOCH));
        try (PasswordFile own = PasswordFile.holding("secret")) {
            PasswordFile.removeStale();

            assertThat(dead).doesNotExist();
            assertThat(ofAContainerBefore).doesNotExist();
            assertThat(alive).exists();
            assertThat(own.path()).exists();
        } finally {
            other.destroyForcibly();
            Files.deleteIfExists(alive);
        }
    }
}
