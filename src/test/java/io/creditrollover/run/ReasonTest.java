package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A REASON says something, in one line; without one nothing is approved and nothing is undone. */
class ReasonTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final Cli cli = Cli.startedOnceWith(
            "spring.datasource.url=" + database.url(),
            "spring.datasource.username=" + TestDatabase.USERNAME,
            "rollover.safety.max-payment-silence=PT1H");

    static Stream<String> noReasons() {
        return Stream.of("", "  ", "\t", "\u00a0\u200b", "two\nlines", "x".repeat(501));
    }

    @ParameterizedTest
    @MethodSource("noReasons")
    void nothingIsApprovedByIt(String reason) {
        HostFixture.User lapsed = host.aLapsedUser();

        Cli.Result run = cli.run("run", "--approve", reason, "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(64);
        assertThat(run.json().path("error").asString()).contains("REASON");
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @ParameterizedTest
    @MethodSource("noReasons")
    void nothingIsUndoneByIt(String reason) {
        HostFixture.User lapsed = host.aLapsedUser();
        assertThat(cli.run("run", "--approve=" + "x".repeat(500)).exitCode()).isZero();

        Cli.Result undo = cli.run("undo", "1", "--reason", reason);
        Cli.Result restart = cli.run("restart", "1", "--approve", reason);

        assertThat(undo.exitCode()).as(undo.err()).isEqualTo(64);
        assertThat(undo.err()).contains("REASON");
        assertThat(restart.exitCode()).as(restart.err()).isEqualTo(64);
        assertThat(host.creditsOf(lapsed)).isZero();
        assertThat(database.count("select count(*) from credit_rollover_runs")).isEqualTo(1);
    }

    @Test
    void anEmptyUserIsNotEverybody() {
        HostFixture.User lapsed = host.aLapsedUser();
        cli.run("run", "--approve=a test");

        for (String user : new String[] {"", " "}) {
            Cli.Result undo = cli.run("undo", "1", "--reason=why", "--user", user);
            assertThat(undo.exitCode()).as(undo.err()).isEqualTo(64);
            assertThat(undo.err()).contains("USER is empty");
        }

        assertThat(host.creditsOf(lapsed)).isZero();
    }
}
