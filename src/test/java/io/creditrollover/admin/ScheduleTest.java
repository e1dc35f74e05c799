package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import org.junit.jupiter.api.Test;

/** The schedule inside {@code serve}. Its cron fires each minute, so that the current month is always due. */
class ScheduleTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    private TestApplication server(String... settings) {
        return ConsoleServer.start(database, settings);
    }

    @Test
    void runsTheMonthThatIsDueOnceAndLetsABlockedOneBe() throws InterruptedException {
        host.aLapsedUser();
        try (TestApplication server = server(
                "rollover.schedule.cron=0 * * * * *",
                "rollover.safety.max-payment-silence=P1000D",
                "rollover.safety.max-delay=P40D")) {
            Schedule schedule = server.bean(Schedule.class);

            assertThat(schedule.look()).isTrue();

            ApiClient olga = new ApiClient(server.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            while (olga.get("/admin/rollovers")
                    .json()
                    .at("/runs/0/status")
                    .asString()
                    .equals("RUNNING")) {
                Thread.sleep(50);
            }
            assertThat(olga.get("/admin/rollovers").json().at("/runs/0/status").asString())
                    .isEqualTo("COMPLETED");
            assertThat(olga.get("/admin/rollovers")
                            .json()
                            .at("/runs/0/requestedBy")
                            .asString())
                    .isEqualTo("schedule via serve");
            assertThat(server.bean(Schedule.class).look()).isFalse();
            assertThat(database.count("select count(*) from credit_rollover_runs"))
                    .isEqualTo(1);
        }
    }

    /** The page of an earlier attempt follows the run, and has its button. */
    @Test
    void aRunThatAPersonStoppedByAnEarlierAttemptIsLeftToThem() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        try (TestApplication server = server(
                        "rollover.schedule.cron=0 * * * * *",
                        "rollover.safety.max-payment-silence=P1000D",
                        "rollover.safety.max-delay=P40D");
                var lock = host.lock(busy)) {
            ApiClient olga = new ApiClient(server.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            String first = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            stop(first, olga);
            String second = olga.post(first + "/restart").header("Location");
            assertThat(second).isNotEqualTo(first);

            stop(first, olga);

            assertThat(server.bean(Schedule.class).look()).isFalse();
            assertThat(database.count("select count(*) from credit_rollover_batch_job_execution"))
                    .isEqualTo(2);
            lock.rollback();
        }
    }

    private static void stop(String run, ApiClient olga) throws InterruptedException {
        assertThat(olga.post(run + "/stop").status()).isEqualTo(202);
        assertThat(olga.awaitEnd(run).path("status").asString()).isEqualTo("STOPPED");
    }

    @Test
    void aFiringThatWasMissedLongAgoIsLeftToAPerson() {
        host.aLapsedUser();
        try (TestApplication server = server("rollover.schedule.cron=0 0 2 1 1 *", "rollover.safety.max-delay=PT0S")) {
            assertThat(server.bean(Schedule.class).look()).isFalse();
            assertThat(database.count("select count(*) from credit_rollover_runs"))
                    .isZero();
        }
    }

    @Test
    void twoServersRunTheMonthOnce() throws InterruptedException {
        host.manyUsers(50);
        String[] settings = {
            "rollover.schedule.cron=0 * * * * *",
            "rollover.schedule.enabled=true",
            "rollover.safety.max-payment-silence=P1000D",
            "rollover.safety.max-delay=P40D"
        };
        try (TestApplication one = server(settings);
                TestApplication other = server(settings)) {
            assertThat(one.port()).isNotEqualTo(other.port());
            while (database.count("select count(*) from credit_rollover_runs where status = 'COMPLETED'") == 0) {
                Thread.sleep(50);
            }
            one.bean(Schedule.class).look();
            other.bean(Schedule.class).look();
        }
        assertThat(database.count("select count(*) from credit_rollover_runs")).isEqualTo(1);
        assertThat(database.count("select count(*) from credit_rollover_batch_job_execution"))
                .isEqualTo(1);
    }
}
