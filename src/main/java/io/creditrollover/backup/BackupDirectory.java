package io.creditrollover.backup;

import io.creditrollover.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with a final name is complete, on disk, and has a checksum file. */
record BackupDirectory(Path path) {
    private static final Logger log = LoggerFactory.getLogger(BackupDirectory.class);

    /** @throws BackupFailedException 78 unless it is a writable directory */
    static BackupDirectory existing(Path path) {
        if (!Files.isDirectory(path)) {
            throw wrong("is not a directory", path);
        }
        if (!Files.isWritable(path)) {
            throw wrong("is not writable", path);
        }
        return new BackupDirectory(path);
    }

    private static BackupFailedException wrong(String what, Path path) {
        return new BackupFailedException(
                ExitCode.CONFIGURATION,
                "rollover.backup.directory (ROLLOVER_BACKUP_DIRECTORY) " + what + ": " + path.toAbsolutePath());
    }

    /** Creates an empty file with the temporary name, for the owner only. */
    Path begin(BackupFile file) throws IOException {
        return Files.createFile(path.resolve(file.name() + BackupFile.UNFINISHED), forOwnerOnly(path));
    }

    static FileAttribute<?>[] forOwnerOnly(Path where) throws IOException {
        return Files.getFileStore(where).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Syncs data and checksum to disk before it renames, so the final name implies both. */
    Path finish(BackupFile file, Path part) throws IOException {
        sync(part);
        Path sum = path.resolve(file.name() + BackupFile.CHECKSUM);
        Files.deleteIfExists(sum);
        Files.writeString(Files.createFile(sum, forOwnerOnly(path)), sha256(part) + "  " + file.name() + "\n");
        sync(sum);
        Path finished = Files.move(part, path.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
        return finished;
    }

    static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                byte[] buffer = new byte[1 << 16];
                int read = 0;
                while (read >= 0) {
                    read = in.read(buffer);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void syncDirectory() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            log.debug("This system cannot sync directories.", unsupported);
        }
    }

    /** Removes files of killed processes: after {@code timeout} no process still writes them. */
    void removeLeftovers(String database, Instant now, Duration timeout) throws IOException {
        remove(ours(database)
                .filter(file -> file.isUnfinished() || isChecksumOfNothing(file))
                .filter(file -> file.madeAt().isBefore(now.minus(timeout))));
    }

    void removeOld(String database, Instant now, Duration retention) throws IOException {
        remove(ours(database).filter(file -> !file.isUnfinished()).filter(file -> file.madeAt()
                .isBefore(now.minus(retention))));
    }

    private Stream<BackupFile> ours(String database) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            List<String> names = entries.filter(Files::isRegularFile)
                    .map(entry -> entry.getFileName().toString())
                    .toList();
            return names.stream()
                    .map(BackupFile::parse)
                    .flatMap(Optional::stream)
                    .filter(file -> file.database().equals(database));
        }
    }

    private boolean isChecksumOfNothing(BackupFile file) {
        return file.isChecksum() && !Files.exists(path.resolve(file.nameOfTheSummed()));
    }

    private void remove(Stream<BackupFile> files) throws IOException {
        for (BackupFile file : files.toList()) {
            Files.deleteIfExists(path.resolve(file.name()));
            log.info("Removed {} from {}.", file.name(), path);
        }
    }
}
