package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A PgBouncer in transaction mode before the server, with fewer server connections than clients want. */
final class PgBouncer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where it is not installed; in CI that is a failure. */
    static void assumeInstalled() {
        boolean installed = Files.isExecutable(PROGRAM);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed)
                    .as("PgBouncer at " + PROGRAM + "; install the package pgbouncer")
                    .isTrue();
        }
        Assumptions.assumeTrue(installed, "No PgBouncer at " + PROGRAM + "; install the package pgbouncer.");
    }

    static PgBouncer start(Path directory, int serverPort) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path users = Files.writeString(directory.resolve("users.txt"), "\"postgres\" \"any\"\n");
        Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 6
                max_client_conn = 200
                ignore_startup_parameters = extra_float_digits
                """.formatted(serverPort, port, users)
                .replace("* = host", "* = user=postgres host"));
        Process process = new ProcessBuilder(
                        Shell.asNobodySpecial(List.of(PROGRAM.toString(), "-q", settings.toString())))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pgbouncer.log").toFile())
                .start();
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return new PgBouncer(process, port);
            } catch (IOException notYet) {
                ChaosServer.pause(100);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "PgBouncer does not start: " + Files.readString(directory.resolve("pgbouncer.log")));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
