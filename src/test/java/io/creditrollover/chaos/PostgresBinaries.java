package io.creditrollover.chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    /** A server says where its programs are, whoever unpacked them. */
    private static Path embedded() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select setting from pg_config() where name = 'BINDIR'")) {
            found.next();
            return Path.of(found.getString(1));
        } catch (SQLException e) {
            throw new IOException(e);
        }
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
