package io.creditrollover.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as the image's container runs it; {@code src/test/container/container-check.sh} does the same with the built archives. */
class ContainerLayoutTest {
    private static final int USERS = 1_000;
    private static final int CAP_SYS_ADMIN = 21;

    @TempDir
    private static Path directory;

    private final TestDatabase database = TestDatabase.migrated();

    @BeforeAll
    static void layItOut() throws Exception {
        if (!mayMount()) {
            abort("Needs Linux and root with CAP_SYS_ADMIN, to make a PID namespace and a read-only root.");
        }
        Container container = new Container(directory);
        Container.Ended probe = container.run("true");
        if (probe.exitCode() != 0 && !"true".equals(System.getenv("CI"))) {
            abort("Namespaces and mounts do not work on this machine: " + probe.said());
        }
        assertThat(probe.exitCode()).as(probe.said()).isZero();
        container.install();
    }

    @Test
    void nothingButTmpCanBeWritten() throws Exception {
        Container.Ended ended = new Container(directory)
                .run("sh", "-c", "for d in / /app /app/classes /etc /tmp; do [ -w $d ] && echo writable: $d; done; :");

        assertThat(ended.said().strip()).isEqualTo("writable: /tmp");
    }

    @Test
    void asProcess1AnUnprivilegedUserOnAReadOnlyRootItStopsWhenAskedAndGoesOn() throws Exception {
        HostFixture.in(database).manyUsers(USERS);
        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(100));

        try (Container.Running run = new Container(directory).start(database, "run", "--approve=a test", "--json")) {
            while (database.count("select count(*) from credit_rollover_events") < 50) {
                assertThat(run.process().isAlive()).as(run.said()).isTrue();
                Thread.sleep(20);
            }
            assertThat(run.status("NSpid")).endsWith("\t1");
            assertThat(run.status("Uid")).isEqualTo("10001\t10001\t10001\t10001");
            assertThat(run.status("CapEff")).isEqualTo("0000000000000000");
            assertThat(run.status("NoNewPrivs")).isEqualTo("1");
            run.terminate();
            assertThat(run.await()).as(run.said()).isEqualTo(75);
            assertThat(run.said()).contains("\"status\":\"STOPPED\"").contains("\"exitCode\":75");
        }
        obstacles.clear();

        assertThat(Month.of(database).figures().status()).isEqualTo("STOPPED");
        try (TestApplication product = TestApplication.on(database)) {
            product.run();
        }
        assertThat(Month.of(database).figures().usersProcessed()).isEqualTo(USERS);
    }

    private static boolean mayMount() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            List<String> capabilities =
                    lines.filter(line -> line.startsWith("CapEff:")).toList();
            return !capabilities.isEmpty()
                    && (Long.parseUnsignedLong(
                                                    capabilities
                                                            .get(0)
                                                            .substring("CapEff:".length())
                                                            .strip(),
                                                    16)
                                            >> CAP_SYS_ADMIN
                                    & 1)
                            == 1;
        }
    }
}
