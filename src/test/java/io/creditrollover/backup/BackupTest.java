package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a copy is made, when not, and which old ones go. */
class BackupTest {
    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database).manyUsers(30);

    @Test
    void aDryRunMakesNone() throws IOException {
        assertThat(cli().run("run", "--dry-run").exitCode()).isZero();

        assertThat(names()).isEmpty();
    }

    @Test
    void aRunThatHasWrittenMakesNoneWhenItIsResumed() throws IOException {
        failAtUser(20);
        Cli withoutBackup = Cli.on(database, "rollover.chunk-size=5", "rollover.partitions=1");
        assertThat(withoutBackup.run("run", "--approve=a test").exitCode()).isEqualTo(75);
        assertThat(database.count("select count(*) from credit_rollover_events"))
                .isPositive();
        database.execute("drop trigger failing on users");

        assertThat(cli().run("run", "--approve=a test").exitCode()).isZero();

        assertThat(names()).isEmpty();
    }

    @Test
    void aRunThatHasWrittenNothingKeepsTheCopyOfItsEarlierAttempt() throws IOException {
        failAtUser(1);
        assertThat(cli().run("run", "--approve=a test").exitCode()).isEqualTo(75);
        List<String> made = names();
        database.execute("drop trigger failing on users");

        Cli.Result resumed = cli().run("run", "--approve=a test");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("The backup of an earlier attempt is still valid: " + zip(made));
        assertThat(names()).hasSize(2).isEqualTo(made);
    }

    @Test
    void anEarlierCopyIsNoLongerGoodAfterAnHour() throws Exception {
        try (TestApplication product = TestApplication.on(database, settings())) {
            Backup backup = product.bean(Backup.class);
            BackupRequest order = new BackupRequest(9, host.date(), () -> false);
            String fresh = touch(host.date(), Duration.ofMinutes(59));
            String old = touch(host.date(), Duration.ofMinutes(61));

            assertThat(backup.make(order, Optional.of(fresh))).isEqualTo(fresh);
            assertThat(backup.make(order, Optional.of(old))).isNotEqualTo(old);
            assertThat(backup.make(order, Optional.of("was-removed.zip"))).startsWith("credit-rollover-");
        }
    }

    @Test
    void oldCopiesAndLeftoversGoAndWhatIsNotOursStays() throws Exception {
        LocalDate longAgo = host.date().minusMonths(20);
        String old = touch(longAgo, Duration.ofDays(401));
        Files.createFile(directory.resolve(old + ".sha256"));
        String younger = touch(host.date().minusMonths(12), Duration.ofDays(399));
        Files.createFile(directory.resolve(younger + ".sha256"));
        String leftover = touch(host.date(), Duration.ofMinutes(31));
        Files.move(directory.resolve(leftover), directory.resolve(leftover + ".part"));
        String atWork = touch(host.date(), Duration.ofMinutes(29));
        Files.move(directory.resolve(atWork), directory.resolve(atWork + ".part"));
        String orphan = touch(host.date(), Duration.ofMinutes(32));
        Files.move(directory.resolve(orphan), directory.resolve(orphan + ".sha256"));
        List<String> foreign = List.of(
                old.replace("-" + database.name() + "-", "-another_shop-"),
                old + ".gpg",
                "notes.txt",
                old.replace("run9", "run"));
        for (String name : foreign) {
            Files.createFile(directory.resolve(name));
        }

        assertThat(cli().run("run", "--approve=a test").exitCode()).isZero();

        assertThat(names())
                .hasSize(foreign.size() + 5)
                .containsAll(foreign)
                .contains(younger, younger + ".sha256", atWork + ".part")
                .doesNotContain(old, old + ".sha256", leftover + ".part", orphan + ".sha256");
    }

    @Test
    void anEnabledBackupNeedsADirectory() {
        Cli.Result result = Cli.on(database, "rollover.backup.enabled=true").run("run", "--json");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.json().path("error").asString()).contains("rollover.backup.directory");
    }

    /** Makes each update of a user with this id or a greater one fail. */
    private void failAtUser(long id) {
        database.execute(
                "create function fail() returns trigger language plpgsql as "
                        + "'begin raise exception ''the host says no'' using errcode = ''disk_full''; end'",
                "create trigger failing before update on users for each row when (new.id >= " + id
                        + ") execute function fail()");
    }

    /** Makes an empty file that looks like a copy of run 9 of this age. */
    private String touch(LocalDate date, Duration age) throws IOException {
        Instant madeAt = Instant.now().minus(age);
        String name = new BackupFile(database.name(), date, 9, madeAt, "zip").name();
        Files.createFile(directory.resolve(name));
        return name;
    }

    private Cli cli() {
        return Cli.on(database, settings());
    }

    private String[] settings() {
        return new String[] {"rollover.backup.enabled=true", "rollover.backup.directory=" + directory};
    }

    private static String zip(List<String> names) {
        return names.stream().filter(name -> name.endsWith(".zip")).findFirst().orElseThrow();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
