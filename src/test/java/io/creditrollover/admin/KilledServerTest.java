package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The server as a process that is killed while a run works in it. */
class KilledServerTest {
    private static final int USERS = 400;
    private static final Pattern SERVING = Pattern.compile("Serving on port (\\d+)");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SERVER_PORT", "0",
            "SERVER_ADDRESS", "127.0.0.1",
            "ROLLOVER_ADMIN_USERNAME", ConsoleServer.OPERATOR,
            "ROLLOVER_ADMIN_PASSWORD", ConsoleServer.OPERATOR_PASSWORD,
            "ROLLOVER_CHUNK_SIZE", "5");

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void aRunThatDiedWithItEndsLikeItsTwinWhenRestartedFromTheCommandLine() throws Exception {
        HostFixture.in(database).manyUsers(USERS);
        TestDatabase undisturbed = database.copy();
        try (TestApplication product = TestApplication.on(undisturbed)) {
            product.run();
        }

        String executionId = startAndKill();
        Month dead = Month.of(database);
        assertThat(dead.figures().status()).isEqualTo("RUNNING");
        assertThat(dead.events()).hasSizeBetween(50, USERS - 1);
        Cli.Result restarted = Cli.on(database).run("restart", executionId, "--json");

        assertThat(restarted.exitCode()).as(restarted.err()).isZero();
        assertThat(restarted.json().path("usersProcessed").asLong()).isEqualTo(USERS);
        assertThat(Month.of(database)).isEqualTo(Month.of(undisturbed));
    }

    /** Starts a run over HTTP, kills the server in the middle of it, and returns the run's execution. */
    private String startAndKill() throws Exception {
        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(100));
        String location;
        try (ProductProcess server = ProductProcess.start(database, ENVIRONMENT, "serve")) {
            ApiClient olga = new ApiClient(port(server)).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            location = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            obstacles.awaitEvents(50);
            server.kill();
        }
        obstacles.awaitDeath();
        obstacles.clear();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static int port(ProductProcess server) throws InterruptedException {
        while (true) {
            Matcher said = SERVING.matcher(server.err());
            if (said.find()) {
                return Integer.parseInt(said.group(1));
            }
            assertThat(server.isAlive()).as(server.err()).isTrue();
            Thread.sleep(50);
        }
    }
}
