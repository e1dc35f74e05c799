package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.lease.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose copy cannot be made writes nothing, leaves nothing that looks like a copy, and goes on once it can. */
class FailingBackupTest {
    @TempDir
    private Path directory;

    @TempDir
    private Path programs;

    private final TestDatabase database = TestDatabase.migrated();
    private Tables users = new Tables(Map.of());

    @BeforeEach
    void hasUsers() {
        HostFixture.in(database).manyUsers(50);
        users = Tables.of(database.jdbc(), List.of("users"));
    }

    private void assertGoesOnOnceACopyCanBeMade() throws IOException {
        Path sound = Files.createDirectory(programs.resolve("sound"));

        Cli.Result result = run(new StopSignal(), "rollover.backup.directory=" + sound);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json().path("usersProcessed").asLong()).isEqualTo(50);
        assertThat(names(sound)).hasSize(2);
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path nowhere = directory.resolve("nowhere");

        Cli.Result result = run(new StopSignal(), "rollover.backup.directory=" + nowhere);

        assertFailed(result, 78);
        assertThat(result.json().path("error").asString())
                .isEqualTo("The backup before run 1 failed, so nothing was written: rollover.backup.directory "
                        + "(ROLLOVER_BACKUP_DIRECTORY) is not a directory: " + nowhere + ".");
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsNamed() throws Exception {
        mountTmpfs("size=1m");
        DebianPostgres.run(List.of("mount", "-o", "remount,ro", directory.toString()));
        try {
            Cli.Result result = run(new StopSignal(), "rollover.backup.directory=" + directory);

            assertFailed(result, 78);
            assertThat(result.json().path("error").asString()).contains("ROLLOVER_BACKUP_DIRECTORY");
        } finally {
            DebianPostgres.run(List.of("umount", directory.toString()));
        }
    }

    @Test
    void aDiskThatIsFullAsksForARetryAndIsLeftAsItWas() throws Exception {
        mountTmpfs("size=4k");
        try {
            Cli.Result result = run(new StopSignal(), "rollover.backup.directory=" + directory);

            assertFailed(result, 75);
            assertThat(result.json().path("error").asString()).contains("No space left on device");
            assertThat(names(directory)).isEmpty();
        } finally {
            DebianPostgres.run(List.of("umount", directory.toString()));
        }
        assertGoesOnOnceACopyCanBeMade();
    }

    @Test
    void whatPgDumpSaysIsPassedOn() throws Exception {
        Cli.Result result = run(new StopSignal(), "rollover.backup.directory=" + directory, stub("""
                echo half > "$file"
                echo 'pg_dump: error: connection to server at "db" (10.0.0.7), port 5432 failed: timeout expired' >&2
                echo 'pg_dump: hint: this line is not wanted' >&2
                exit 1
                """));

        assertFailed(result, 75);
        assertThat(result.json().path("error").asString())
                .isEqualTo("The backup before run 1 failed, so nothing was written: pg_dump says: connection to server "
                        + "at \"db\" (10.0.0.7), port 5432 failed: timeout expired.");
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void aRightThatPgDumpLacksIsForAPersonToMend() throws Exception {
        Cli.Result result = run(
                new StopSignal(),
                "rollover.backup.directory=" + directory,
                stub("echo 'pg_dump: error: query failed: ERROR:  permission denied for table users' >&2; exit 1"));

        assertFailed(result, 78);
    }

    @Test
    void aPgDumpThatIsNamedAndIsNotThereIsRefused() {
        Cli.Result result = run(
                new StopSignal(), "rollover.backup.directory=" + directory, "rollover.backup.pg-dump=/nowhere/pg_dump");

        assertFailed(result, 78);
        assertThat(result.json().path("error").asString()).contains("rollover.backup.pg-dump", "/nowhere/pg_dump");
    }

    @Test
    void whatTakesTooLongIsKilled() throws Exception {
        Cli.Result result = run(
                new StopSignal(),
                "rollover.backup.directory=" + directory,
                "rollover.backup.timeout=PT2S",
                stub("echo $$ > " + programs + "/pid; echo half > \"$file\"; exec sleep 600"));

        assertFailed(result, 75);
        assertThat(result.json().path("error").asString()).contains("rollover.backup.timeout, PT2S");
        assertThat(names(directory)).isEmpty();
        assertThat(childIsAlive()).isFalse();
    }

    @Test
    void aStopInTheMiddleKillsPgDumpAndLeavesNoCopy() throws Exception {
        StopSignal signal = new StopSignal();
        CompletableFuture<List<String>> meanwhile = CompletableFuture.supplyAsync(() -> {
            List<String> seen = waitForAFile();
            signal.request();
            return seen;
        });

        Cli.Result result = run(
                signal,
                "rollover.backup.directory=" + directory,
                stub("echo half > \"$file\"; echo $$ > " + programs + "/pid; exec sleep 600"));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(75);
        assertThat(result.json().path("status").asString()).isEqualTo("STOPPED");
        assertThat(meanwhile.get()).hasSize(1).allMatch(name -> name.endsWith(".dump.part"));
        assertThat(names(directory)).isEmpty();
        assertThat(childIsAlive()).isFalse();
        assertNothingWritten();
        assertGoesOnOnceACopyCanBeMade();
    }

    private void assertFailed(Cli.Result result, int exitCode) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.json().path("status").asString()).isEqualTo("FAILED");
        assertThat(result.err()).doesNotContain("\tat ");
        assertNothingWritten();
    }

    private void assertNothingWritten() {
        assertThat(Tables.of(database.jdbc(), List.of("users"))).isEqualTo(users);
        assertThat(database.count("select count(*) from credit_rollover_events"))
                .isZero();
    }

    private Cli.Result run(StopSignal signal, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("rollover.backup.enabled=true");
        return Cli.on(database, all.toArray(String[]::new)).run(signal, "run", "--approve=a test", "--json");
    }

    private String stub(String script) throws IOException {
        return "rollover.backup.pg-dump=" + StubPgDump.that(programs, script);
    }

    private boolean childIsAlive() throws IOException {
        long pid = Long.parseLong(Files.readString(programs.resolve("pid")).strip());
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Waits for the stub to have said its process number, and for half a minute at most. */
    private List<String> waitForAFile() {
        try {
            for (int i = 0; i < 300 && !Files.exists(programs.resolve("pid")); i++) {
                Thread.sleep(Duration.ofMillis(100).toMillis());
            }
            return names(directory);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void mountTmpfs(String options) throws Exception {
        Assumptions.assumeTrue(DebianPostgres.isRoot(), "only root may mount a small disk");
        try {
            DebianPostgres.run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()));
        } catch (AssertionError refused) {
            Assumptions.abort("this machine lets nobody mount a small disk: " + refused.getMessage());
        }
    }

    private static List<String> names(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
