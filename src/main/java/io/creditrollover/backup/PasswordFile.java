package io.creditrollover.backup;

import io.creditrollover.exit.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A password file for libpq, readable by the owner only; deleted on close. */
record PasswordFile(Path path) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PasswordFile.class);
    private static final Pattern NAME = Pattern.compile("credit-rollover-(\\d+)-\\d+");

    /** @throws BackupFailedException 78 if it cannot be written */
    static PasswordFile holding(String password) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path path = Files.createTempFile(
                    temporary,
                    "credit-rollover-" + ProcessHandle.current().pid() + "-",
                    "",
                    BackupDirectory.forOwnerOnly(temporary));
            Files.writeString(path, "*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n");
            return new PasswordFile(path);
        } catch (IOException unwritable) {
            throw new BackupFailedException(
                    ExitCode.CONFIGURATION,
                    "no temporary file can be written in " + temporary + ", but pg_dump needs one");
        }
    }

    /** Removes files of killed processes. Containers reuse process ids, so files older than this process go too. */
    static void removeStale() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> files = Files.list(temporary)) {
            for (Path file : files.filter(PasswordFile::isStale).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException unreadable) {
            log.warn("Password files of killed processes may remain in {}: {}", temporary, unreadable.getMessage());
        }
    }

    private static boolean isStale(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        long pid = Long.parseLong(name.group(1));
        if (pid != ProcessHandle.current().pid()) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        }
        Instant started = ProcessHandle.current().info().startInstant().orElse(Instant.MIN);
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(started.minusSeconds(1));
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
