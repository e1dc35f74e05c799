package io.creditrollover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What second-look and reinstate print, and their exit codes. */
class SecondLookCommandTest {
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Cli CLI = Cli.startedOnce(
            DATABASE, "rollover.safety.max-delay=P9999D", "rollover.notification-email=ops@example.com");

    private HostFixture host;

    @BeforeEach
    void begin() {
        DATABASE.reset();
        host = HostFixture.in(DATABASE);
    }

    @AfterEach
    void releaseTheLease() {
        DATABASE.execute("update credit_rollover_leases set holder = 'nobody', expires_at = '-infinity'");
    }

    @Test
    void nothingDueIsOneObjectWithoutRuns() {
        Cli.Result nothing = CLI.run("second-look", "--json");

        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.json().path("runs")).isEmpty();
        assertThat(nothing.json().path("runs").isArray()).isTrue();
        assertThat(nothing.json().path("creditsReinstated").asLong(-1)).isZero();
        assertThat(DATABASE.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void oneRunIsTheObjectItself() {
        HostFixture.User late = aLatePayerOf(host);

        Cli.Result look = CLI.run("second-look", "--json");

        assertThat(look.exitCode()).as(look.err()).isZero();
        JsonNode json = look.json();
        assertThat(json.path("mode").asString()).isEqualTo("reinstate");
        assertThat(json.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(json.path("usersReinstated").asLong()).isOne();
        assertThat(json.path("creditsReinstated").asLong()).isEqualTo(25);
        assertThat(json.path("usersProcessed").asLong()).isOne();
        assertThat(json.path("runs")).hasSize(1);
        assertThat(json.path("runs").get(0).path("executionId").asLong())
                .isEqualTo(json.path("executionId").asLong());
        assertThat(json.path("exitCode").asInt(-1)).isZero();
        assertThat(host.creditsOf(late)).isEqualTo(25);
        Cli.Result status = CLI.run("status", json.path("executionId").asString());
        assertThat(status.out()).contains("Reinstatement of " + host.date()).containsPattern("reinstated +1 +25");
    }

    @Test
    void severalRunsAreAListWithTotals() {
        LocalDate before = host.date().minusMonths(1);
        aLatePayerOf(host.on(before));
        aLatePayerOf(host);

        JsonNode json = CLI.run("second-look", "--json").json();

        assertThat(json.path("runs")).hasSize(2);
        assertThat(json.path("runs").get(0).path("rolloverDate").asString()).isEqualTo(before.toString());
        assertThat(json.path("creditsReinstated").asLong()).isEqualTo(50);
        assertThat(json.has("runId")).isFalse();
    }

    @Test
    void aSummaryMailIsWrittenOnlyWhenSomethingCameBack() {
        aLatePayerOf(host);
        String mails = "select count(*) from credit_rollover_outbox";
        assertThat(DATABASE.count(mails)).as("of the run").isOne();

        CLI.run("second-look");
        assertThat(DATABASE.count(mails)).isEqualTo(2);
        CLI.run("second-look");
        assertThat(DATABASE.count(mails)).isEqualTo(2);
    }

    @Test
    void oneUserComesBackByPhoneNumberAndOnce() {
        HostFixture.User lapsed = host.aLapsedUser();
        CLI.run("run", "--approve=a test");

        Cli.Result dry = CLI.run("reinstate", lapsed.phone(), "--reason=ticket 4711", "--dry-run", "--json");
        assertThat(dry.json().path("creditsReinstated").asLong()).isEqualTo(25);
        assertThat(host.creditsOf(lapsed)).isZero();
        Cli.Result done = CLI.run("reinstate", lapsed.phone(), "--reason=ticket 4711", "--json");
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.json().path("creditsReinstated").asLong()).isEqualTo(25);
        assertThat(done.json().path("reason").asString()).isEqualTo("ticket 4711");
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);

        Cli.Result again = CLI.run("reinstate", lapsed.phone(), "--reason=again", "--json");
        assertThat(again.exitCode()).isEqualTo(64);
        assertThat(again.json().path("error").asString()).contains("reinstated or reversed already");
    }

    @Test
    void wrongUsageIs64() {
        HostFixture.User lapsed = host.aLapsedUser();
        CLI.run("run", "--approve=a test");

        assertThat(CLI.run("reinstate", lapsed.phone(), "--json").exitCode())
                .as("no reason")
                .isEqualTo(64);
        assertThat(CLI.run("reinstate", lapsed.phone(), "--reason= ").exitCode())
                .as("a blank reason")
                .isEqualTo(64);
        assertThat(CLI.run("reinstate", "4711", "--reason=x").exitCode()).isEqualTo(64);
        assertThat(CLI.run("second-look", "--date=2020-01-01").exitCode()).isEqualTo(64);
        assertThat(CLI.run("second-look", "--date=2020-01-02").exitCode()).isEqualTo(64);
        assertThat(DATABASE.count("select count(*) from credit_rollover_runs where mode = 'reinstate'"))
                .isZero();
    }

    @Test
    void aLiveReinstatementKeepsRunRestartUndoAndLookAway() {
        HostFixture.User lapsed = host.aLapsedUser();
        String execution = CLI.run("run", "--approve=a test", "--json")
                .json()
                .path("executionId")
                .asString();
        DATABASE.execute("""
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by,
                                                  reinstates_run_id)
                select rollover_date, 'reinstate', 'RUNNING', cutoff, zone, policy, 'a test', id from credit_rollover_runs
                """);
        Thread holder = new Thread(() -> renewUntilInterrupted());
        holder.start();
        try {
            assertThat(CLI.run("run").exitCode()).isEqualTo(75);
            assertThat(CLI.run("restart", execution).exitCode()).isEqualTo(75);
            assertThat(CLI.run("undo", execution, "--reason=x").exitCode()).isEqualTo(75);
            assertThat(CLI.run("second-look").exitCode()).isEqualTo(75);
            assertThat(CLI.run("reinstate", lapsed.phone(), "--reason=x").exitCode())
                    .isEqualTo(75);
        } finally {
            holder.interrupt();
        }
    }

    @Test
    void aDeadReinstatementBlocksNothingAndIsClosedByTheNextHolderOfTheLease() {
        host.aLapsedUser();
        CLI.run("run", "--approve=a test");
        DATABASE.execute("""
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by,
                                                  reinstates_run_id)
                select rollover_date, 'reinstate', 'RUNNING', cutoff, zone, policy, 'a test', id from credit_rollover_runs
                """);

        assertThat(CLI.run("run").exitCode()).isZero();

        assertThat(DATABASE.count(
                        "select count(*) from credit_rollover_runs where mode = 'reinstate' and status = 'STOPPED'"))
                .isOne();
    }

    @Test
    void whatIsSwitchedOffSaysSo() {
        aLatePayerOf(host);

        Cli.Result disabled = Cli.on(DATABASE, "rollover.enabled=false").run("second-look", "--json");
        assertThat(disabled.exitCode()).isZero();
        assertThat(disabled.json().path("status").asString()).isEqualTo("DISABLED");
        Cli dry = Cli.on(DATABASE, "rollover.dry-run=true");
        Cli.Result dryLook = dry.run("second-look", "--json");
        assertThat(dryLook.exitCode()).isZero();
        assertThat(dryLook.json().path("creditsReinstated").asLong()).isEqualTo(25);
        assertThat(dry.run("reinstate", "1", "--reason=x").exitCode()).isEqualTo(64);
        assertThat(DATABASE.count("select count(*) from credit_rollover_runs where mode = 'reinstate'"))
                .isZero();
    }

    private HostFixture.User aLatePayerOf(HostFixture month) {
        HostFixture.User late = month.aLapsedUser();
        Cli.Result run = CLI.run("run", "--date=" + month.date(), "--approve=a test");
        assertThat(run.exitCode()).as(run.err()).isZero();
        late.paid("monthly", 50, month.inTheMonth());
        return late;
    }

    /** As a process at work does. */
    private static void renewUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            DATABASE.execute(
                    "update credit_rollover_leases set holder = 'another process', renewed_at = clock_timestamp(),"
                            + " expires_at = clock_timestamp() + interval '60 seconds' where name = 'writer'");
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }
}
