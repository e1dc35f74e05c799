package io.creditrollover.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a run on several machines, and that the others do not pay for it. */
class WorkerCommandTest {
    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void aWorkerAnswersWithOneJsonObject() {
        Cli.Result result =
                Cli.on(database, "rollover.remote.wait-for-run=PT0S").run("worker", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json().path("exitCode").asInt(-1)).isZero();
        assertThat(result.json().path("ranges").asInt(-1)).isZero();
        assertThat(result.json().path("runId").isNull()).isTrue();
    }

    @Test
    void workersAreLocalOrRemote() {
        Cli.Result result = Cli.on(database).run("run", "--workers", "elsewhere", "--json");

        assertThat(result.exitCode()).isEqualTo(64);
        assertThat(result.json().path("error").asString()).contains("--workers", "elsewhere");
    }

    @Test
    void aWorkerDoesNotMigrate() {
        Cli.Result result = Cli.on(TestDatabase.fresh()).run("worker", "--json");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.json().path("error").asString()).contains("migrate");
    }

    @Test
    void aDryRunIsWorkedOnHere() {
        HostFixture.in(database).manyUsers(20);

        Cli.Result result = Cli.on(database).run("run", "--dry-run", "--workers", "remote", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json().path("usersProcessed").asInt()).isEqualTo(20);
    }

    @Test
    void oneProcessLoadsNothingOfTheMessaging(@TempDir Path directory) throws Exception {
        HostFixture.in(database).manyUsers(20);

        assertThat(classesOf(directory.resolve("remote"), 75, "run", "--approve=a test", "--workers", "remote"))
                .contains("org.springframework.integration.jdbc");
        assertThat(classesOf(directory.resolve("local"), 0, "run", "--approve=a test"))
                .contains("org.springframework.batch.core")
                .doesNotContain("org.springframework.integration", "org.springframework.batch.integration");
    }

    private String classesOf(Path log, int exitCode, String... command) throws Exception {
        // Unlike JAVA_TOOL_OPTIONS, it is read after the options of StartArchive, which end all logs.
        Map<String, String> environment =
                Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log, "ROLLOVER_REMOTE_WAIT_FOR_WORKERS", "PT0S");
        try (ProductProcess process = ProductProcess.start(database, environment, command)) {
            assertThat(process.await()).as(process.err()).isEqualTo(exitCode);
            return Files.readString(log);
        }
    }
}
