package io.creditrollover.report;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a temporary file and moves it into place when complete: readers see no partial file. */
final class AtomicFileWriter {
    private AtomicFileWriter() {}

    @FunctionalInterface
    interface Content {
        void to(Writer out) throws IOException;
    }

    static void write(Path file, Content content) {
        Path place = file.toAbsolutePath();
        if (place.getFileName() == null || Files.isDirectory(place)) {
            throw new ExitException(ExitCode.USAGE, file + " is a directory. Name a file in it.");
        }
        try {
            Path part = Files.createTempFile(place.getParent(), "." + place.getFileName(), ".part");
            try {
                try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                    content.to(out);
                }
                move(part, place);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException | UncheckedIOException unwritten) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "The file " + file + " cannot be written ("
                            + unwritten.getClass().getSimpleName() + ": " + unwritten.getMessage()
                            + "). Choose a file in an existing, writable directory.",
                    unwritten);
        }
    }

    private static void move(Path part, Path place) throws IOException {
        try {
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException elsewhere) {
            Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
