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
    /** As whom it comes to the server, so that its connections can be told from others; {@link ChaosServer} has the role. */
    static final String ROLE = "pooler";

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

    /** {@code pooled} server connections to a database are shared by all who come. */
    static PgBouncer start(Path directory, int serverPort, int pooled) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path users = Files.writeString(directory.resolve("users.txt"), "\"postgres\" \"any\"\n");
        Path settings =
                Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                auth_file = %s
                pool_mode = transaction
                # The default, said here since it matters: nobody cleans a session up between two clients.
                server_reset_query_always = 0
                default_pool_size = %d
                max_client_conn = 200
                """.formatted(serverPort, port, users, pooled)
                        .replace("* = host", "* = user=" + ROLE + " host"));
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
