package io.creditrollover.backup;

import io.creditrollover.config.RolloverProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Backups in {@code rollover.backup.directory}, as seen from this machine. An erasure does not change them.
 *
 * @param directory null if none is configured
 * @param retention their maximum age
 * @param files names of finished backups, of all databases in the directory
 * @param unreadable why the files cannot be listed; null if they can
 */
public record HeldBackups(
        @Nullable String directory,
        Duration retention,
        List<String> files,
        @Nullable String unreadable) {

    /** Lists the directory. Reads only. */
    @Component
    public static class Reader {
        private final RolloverProperties.Backup settings;

        Reader(RolloverProperties properties) {
            this.settings = properties.backup();
        }

        /** Never throws for an unreadable directory: the erasure is done. */
        public HeldBackups read() {
            Path directory = settings.directory();
            if (directory == null) {
                return new HeldBackups(null, settings.retention(), List.of(), null);
            }
            String name = directory.toAbsolutePath().toString();
            if (!Files.isDirectory(directory)) {
                return new HeldBackups(name, settings.retention(), List.of(), "it is no directory on this machine");
            }
            try (Stream<Path> entries = Files.list(directory)) {
                return new HeldBackups(name, settings.retention(), finished(entries), null);
            } catch (IOException | UncheckedIOException unreadable) {
                return new HeldBackups(name, settings.retention(), List.of(), "it cannot be read from this machine");
            }
        }

        private static List<String> finished(Stream<Path> entries) {
            return entries.map(entry -> BackupFile.parse(entry.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .filter(file -> !file.isUnfinished() && !file.isChecksum())
                    .map(BackupFile::name)
                    .sorted()
                    .toList();
        }
    }
}
