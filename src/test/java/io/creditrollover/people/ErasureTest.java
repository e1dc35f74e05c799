package io.creditrollover.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** After {@code erase} no table of the product contains the number; amounts stay. */
class ErasureTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final HostFixture.User lapsed = host.aLapsedUser();
    private final HostFixture.User other = host.aLapsedUser();
    private final Cli cli = Cli.startedOnceWith(
            "spring.datasource.url=" + database.url(),
            "spring.datasource.username=" + TestDatabase.USERNAME,
            "rollover.safety.first-run=allow",
            "rollover.safety.max-delay=P9999D",
            "rollover.safety.max-payment-silence=P9999D",
            "rollover.notification-email=ops@example.com");

    private String run(String... more) {
        String[] command = new String[more.length + 2];
        command[0] = "run";
        command[1] = "--json";
        System.arraycopy(more, 0, command, 2, more.length);
        Cli.Result run = cli.run(command);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        return run.json().path("executionId").asString();
    }

    private Cli.Result erase(String user) {
        return cli.run("erase", user, "--reason=asked by the person", "--json");
    }

    private void assertNowhere(HostFixture.User user) {
        String digits = user.phone().substring(1);
        assertThat(WholeDatabase.tablesWith(database, digits)).isEmpty();
        assertThat(WholeDatabase.tablesWith(database, digits.substring(2))).isEmpty();
    }

    @Test
    void theNumberIsNowhereEvenWherePeopleTypedIt() {
        host.aPayingUser();
        run("--dry-run");
        String execution = run("--approve=" + other.phone() + " and " + lapsed.phone() + " asked for it");
        Cli.Result undo = cli.run("undo", execution, "--reason=" + lapsed.phone() + " complained", "--json");
        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(WholeDatabase.tablesWith(database, lapsed.phone()))
                .containsExactlyInAnyOrder("credit_rollover_events", "credit_rollover_dry_run_decisions");
        String amounts = amounts();

        Cli.Result erased = erase(lapsed.phone().substring(3));

        assertThat(erased.exitCode()).as(erased.err()).isZero();
        JsonNode answer = erased.json();
        assertThat(answer.path("userId").asLong()).isEqualTo(lapsed.id());
        assertThat(answer.path("events").asInt()).isEqualTo(2);
        assertThat(answer.path("dryRunDecisions").asInt()).isEqualTo(1);
        assertThat(answer.path("present").asBoolean()).isTrue();
        assertNowhere(lapsed);
        assertThat(amounts()).isEqualTo(amounts);
        assertThat(WholeDatabase.tablesWith(database, other.phone())).hasSize(2);
        assertThat(cli.run("explain", String.valueOf(lapsed.id())).exitCode()).isZero();
    }

    private String amounts() {
        return database.jdbc().sql("""
                        select string_agg(e::text, ';' order by e.id) from (
                            select id, user_id, rollover_date, credits_before, credits_after, action, reason, reason_code, reverses
                            from credit_rollover_events) e
                        """).query(String.class).single();
    }

    @Test
    void aReversalOfAnErasedEventHasNoNumber() {
        String execution = run();
        assertThat(erase(String.valueOf(lapsed.id())).exitCode()).isZero();

        Cli.Result undo = cli.run("undo", execution, "--reason=a test");

        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        assertNowhere(lapsed);
    }

    @Test
    void theAnswerSaysThatLaterEventsContainTheNumberAgain() {
        run();
        Cli.Result erased = cli.run("erase", String.valueOf(lapsed.id()), "--reason=a test");

        assertThat(erased.out()).contains("still has this user", "No backup directory is configured");
        database.execute("update credit_rollover_runs set status = 'UNDONE'", "update users set credits = 3");
        run("--approve=again");
        assertThat(WholeDatabase.tablesWith(database, lapsed.phone())).containsExactly("credit_rollover_events");
    }

    @Test
    void whoeverIsOnlyInEventsOrDryRunsAnyMoreIsFound() {
        run("--dry-run");
        database.execute("delete from payments", "delete from users where id = " + other.id());
        run("--date=" + host.date(), "--approve=a test");
        database.execute("delete from users");

        JsonNode byNumber = erase(other.phone()).json();
        JsonNode byId = erase(String.valueOf(lapsed.id())).json();

        assertThat(byNumber.path("userId").asLong()).isEqualTo(other.id());
        assertThat(byNumber.path("dryRunDecisions").asInt()).isEqualTo(1);
        assertThat(byId.path("events").asInt()).isEqualTo(1);
        assertThat(byId.path("present").asBoolean()).isFalse();
        assertNowhere(other);
        assertNowhere(lapsed);
    }

    @Test
    void aNumberThatAnotherUserHadBeforeIsErasedThereToo() {
        run();
        database.execute("update users set phone_number = 'none' where id = " + lapsed.id());
        database.execute(
                "update users set phone_number = '" + lapsed.phone() + "', credits = 9 where id = " + other.id());

        JsonNode answer = erase(lapsed.phone()).json();

        assertThat(answer.path("userId").asLong()).isEqualTo(other.id());
        assertThat(answer.path("otherUsers").asInt()).isEqualTo(1);
        assertNowhere(lapsed);
    }

    @Test
    void aPlaceholderOfManyUsersIsNotAPersonsNumber() {
        database.execute("alter table users drop constraint users_phone_number_key");
        host.manyUsers(PhoneNumbers.MAX_SHARING + 1);
        database.execute("update users set phone_number = '0000000'");
        run();

        Cli.Result answer = cli.run("erase", String.valueOf(lapsed.id()), "--reason=a test");

        assertThat(answer.out()).contains("More than a hundred other users", "1 events");
        assertThat(database.count("select count(*) from credit_rollover_events where phone_number is null"))
                .isOne();
    }

    @Test
    void nothingToEraseIsDone() {
        assertThat(erase(String.valueOf(lapsed.id())).exitCode()).isZero();
        assertThat(database.count("select count(*) from credit_rollover_audit where outcome = 'nothing-done'"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789", "+4915112345678", "", " ", "somebody"})
    void nobodyIsErasedByAnUnknownUser(String user) {
        Cli.Result refused = cli.run("erase", user, "--reason=a test", "--json");

        assertThat(refused.exitCode()).isEqualTo(64);
        assertThat(refused.json().path("error").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "two\nlines"})
    void aReasonIsNeeded(String reason) {
        run();

        assertThat(cli.run("erase", lapsed.phone(), "--reason", reason).exitCode())
                .isEqualTo(64);
        assertThat(WholeDatabase.tablesWith(database, lapsed.phone())).containsExactly("credit_rollover_events");
    }

    @Test
    void nothingIsErasedWhereEachRunIsADryRun() {
        run();

        Cli.Result refused =
                Cli.on(database, "rollover.dry-run=true").run("erase", lapsed.phone(), "--reason=a test", "--json");

        assertThat(refused.exitCode()).isEqualTo(64);
        assertThat(refused.json().path("error").asString()).contains("rollover.dry-run");
        assertThat(WholeDatabase.tablesWith(database, lapsed.phone())).containsExactly("credit_rollover_events");
    }

    @Test
    void theBackupsThatContainItAreNamed(@TempDir Path directory) throws Exception {
        String backup = "credit-rollover-shop-2026-12-01-run7-20261130T203004Z.dump";
        Files.createFile(directory.resolve(backup));
        Files.createFile(directory.resolve(backup + ".sha256"));
        run();

        Cli.Result erased = Cli.on(database, "rollover.backup.directory=" + directory)
                .run("erase", lapsed.phone(), "--reason=a test", "--json");

        JsonNode named = erased.json().path("backups");
        assertThat(named.path("directory").asString()).isEqualTo(directory.toString());
        assertThat(named.path("files").size()).isOne();
        assertThat(named.path("files").get(0).asString()).isEqualTo(backup);
        Cli.Result text = Cli.on(database, "rollover.backup.directory=" + directory)
                .run("erase", String.valueOf(lapsed.id()), "--reason=a test");
        assertThat(text.out()).contains(backup, "400 days", "rollover.backup.retention");
    }

    @Test
    void theAuditHasTheIntentAndTheOutcomeAndNoNumber() {
        run();
        cli.run("erase", lapsed.phone(), "--reason=" + lapsed.phone() + " asked for it");

        assertThat(database.jdbc().sql("""
                        select action || ', ' || target || ', ' || coalesce(outcome, 'intent') || ', ' || (intent_id is null)
                        from credit_rollover_audit order by id
                        """).query(String.class).list())
                .containsExactly(
                        "erase, user " + lapsed.id() + ", intent, true",
                        "erase, user " + lapsed.id() + ", done, false");
        assertNowhere(lapsed);
    }

    @Test
    void whereTheAuditCannotBeWrittenNothingIsErased() {
        run();
        database.execute(
                "create function test_no_audit() returns trigger language plpgsql as "
                        + "$$ begin raise exception 'the audit is full'; end $$",
                "create trigger test_no_audit before insert on credit_rollover_audit for each row "
                        + "when (new.outcome is not null) execute function test_no_audit()");

        assertThat(erase(lapsed.phone()).exitCode()).isNotZero();

        assertThat(WholeDatabase.tablesWith(database, lapsed.phone())).containsExactly("credit_rollover_events");
        assertThat(database.count("select count(*) from credit_rollover_audit")).isZero();
        assertThat(Month.of(database).balances()).containsEntry(lapsed.id(), 0);
    }
}
