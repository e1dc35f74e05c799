package io.creditrollover.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A PostgreSQL to measure on: one started here in a directory of its own, or one that is there. Started ones differ from
 * the defaults in what {@link #SETTINGS} and their names say, and keep fsync on.
 */
final class Server implements AutoCloseable {
    private static final String SETTINGS = "shared_buffers = 1GB\nmax_wal_size = 8GB\ncheckpoint_timeout = 30min\n";

    private static final Path DEBIAN_15 = Path.of("/usr/lib/postgresql/15/bin");

    private final String name;
    private final String urlPrefix;
    private final List<String> stop;
    private final long pid;

    private Server(String name, String urlPrefix, List<String> stop, long pid) {
        this.name = name;
        this.urlPrefix = urlPrefix;
        this.stop = stop;
        this.pid = pid;
    }

    /**
     * Starts {@code pg15} or {@code pg18} in the directory, or uses the server at a URL; see {@link #at}. Other settings
     * follow the name, as in {@code pg15+shared_buffers=6GB}; the data stays the same.
     */
    static Server named(String name, Path directory) throws Exception {
        Files.createDirectories(directory);
        return switch (parts(name).get(0)) {
            case "pg15" -> debian15(name, directory);
            case "pg18" -> embedded18(name, directory);
            default -> at(name);
        };
    }

    /** Uses a server that is running; {@code url} ends where the name of a database would follow. */
    static Server at(String url) {
        return new Server("given", url, List.of(), 0);
    }

    private static Server debian15(String name, Path directory) throws Exception {
        return start(name, DEBIAN_15, directory, 5415 + 57);
    }

    /** Starts the binaries that the tests use, unpacked. */
    private static Server embedded18(String name, Path directory) throws Exception {
        Path home = directory.resolve("pg18");
        if (!Files.exists(home.resolve("bin/initdb"))) {
            Files.createDirectories(home);
            Path packed = directory.resolve("pg18.txz");
            try (InputStream in = Server.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
                Files.write(packed, Objects.requireNonNull(in, "no binaries").readAllBytes());
            }
            command(List.of("tar", "-xJf", packed.toString(), "-C", home.toString()));
        }
        return start(name, home.resolve("bin"), directory, 5418 + 57);
    }

    private static Server start(String name, Path bin, Path directory, int port) throws Exception {
        List<String> parts = parts(name);
        Path data = directory.resolve(parts.get(0) + "-data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            Files.createDirectories(data);
            own(directory);
            command(asPostgres(bin + "/initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8"));
            Files.writeString(
                    data.resolve("postgresql.conf"),
                    "\nport = " + port + "\nunix_socket_directories = ''\n" + SETTINGS,
                    StandardOpenOption.APPEND);
        }
        String pgCtl = bin + "/pg_ctl";
        String log = directory.resolve(parts.get(0) + ".log").toString();
        // One that a measurement left running when it was broken off is stopped; it may have been started otherwise.
        if (status(asPostgres(pgCtl, "-D", data.toString(), "status")) == 0) {
            command(asPostgres(pgCtl, "-D", data.toString(), "-m", "fast", "-w", "stop"));
        }
        String settings = parts.stream().skip(1).map(setting -> "-c " + setting).collect(Collectors.joining(" "));
        command(asPostgres(pgCtl, "-D", data.toString(), "-l", log, "-w", "-t", "120", "-o", settings, "start"));
        return new Server(
                name,
                "jdbc:postgresql://127.0.0.1:" + port + "/",
                asPostgres(pgCtl, "-D", data.toString(), "-m", "fast", "-w", "stop"),
                Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).get(0)));
    }

    /** Returns the server, then the settings. */
    private static List<String> parts(String name) {
        return List.of(name.split("\\+"));
    }

    /** PostgreSQL refuses to run as root, so root starts it as the user whom Debian's package made. */
    private static List<String> asPostgres(String... command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(Arrays.asList(command));
        return all;
    }

    private static void own(Path directory) throws Exception {
        if (isRoot()) {
            command(List.of("chown", "-R", "postgres:postgres", directory.toString()));
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void command(List<String> command) throws IOException, InterruptedException {
        if (status(command) != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    private static int status(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    String name() {
        return name;
    }

    String url(String database) {
        return urlPrefix + database;
    }

    JdbcTemplate jdbc(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        source.setUser("postgres");
        return new JdbcTemplate(source);
    }

    /** Returns version and settings, refusing a server that does not keep its data safe. */
    String description() {
        JdbcTemplate jdbc = jdbc("postgres");
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (!"on".equals(jdbc.queryForObject("show " + setting, String.class))) {
                throw new IllegalStateException(setting + " is off on " + name);
            }
        }
        String settings = Stream.of("shared_buffers", "max_wal_size", "checkpoint_timeout")
                .map(setting -> setting + " = " + jdbc.queryForObject("show " + setting, String.class))
                .collect(Collectors.joining(", "));
        return "PostgreSQL " + jdbc.queryForObject("show server_version", String.class) + " (" + settings
                + "; fsync, synchronous_commit and full_page_writes on)";
    }

    /** Returns the processor seconds of the server since it started; 0 where it was not started here. */
    double processorSeconds() {
        return pid == 0 ? 0 : ProcessorTime.ofFamily(pid);
    }

    @Override
    public void close() throws Exception {
        if (!stop.isEmpty()) {
            command(stop);
        }
    }
}
