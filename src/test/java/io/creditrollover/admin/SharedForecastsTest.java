package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two consoles on one database show one forecast. */
class SharedForecastsTest {
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final TestApplication ONE = ConsoleServer.start(DATABASE);
    private static final TestApplication TWO = ConsoleServer.start(DATABASE);
    private static final String COMPUTATIONS = "select coalesce(sum(claim), 0) from credit_rollover_forecasts";

    private final ApiClient here = client(ONE);
    private final ApiClient there = client(TWO);

    @BeforeEach
    void begin() throws InterruptedException {
        DATABASE.execute("truncate users, payments, credit_rollover_forecasts");
        HostFixture.in(DATABASE).manyUsers(50);
        // Longer than a console remembers what it read.
        Thread.sleep(1_100);
    }

    @AfterAll
    static void end() {
        ONE.close();
        TWO.close();
    }

    private static ApiClient client(TestApplication server) {
        return new ApiClient(server.port()).loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
    }

    @Test
    void theFirstViewBeginsOneComputationForBothConsoles() throws Exception {
        assertThat(here.get("/forecast").body()).containsAnyOf("is being computed", "as of");
        assertThat(there.get("/forecast").body()).containsAnyOf("is being computed", "as of");

        String shown = await(there, page -> page.contains("as of"));
        assertThat(await(here, page -> page.contains("as of"))).isEqualTo(shown);
        assertThat(shown).contains(">50<", "compute again");
        assertThat(there.get("/admin/forecast").json().path("asOf"))
                .isEqualTo(here.get("/admin/forecast").json().path("asOf"));
        assertThat(DATABASE.count(COMPUTATIONS)).isOne();
    }

    @Test
    void aFreshForecastIsShownWithoutUsersAndPayments() throws Exception {
        await(here, page -> page.contains("as of"));
        DATABASE.execute("alter table users rename to away", "alter table payments rename to away_too");
        try {
            Thread.sleep(1_100);
            for (int view = 0; view < 20; view++) {
                assertThat((view % 2 == 0 ? here : there).get("/forecast").body())
                        .contains("as of");
            }
            assertThat(DATABASE.count(COMPUTATIONS)).isOne();
        } finally {
            DATABASE.execute("alter table away rename to users", "alter table away_too rename to payments");
        }
    }

    @Test
    void computeAgainIsForEverybody() throws Exception {
        await(here, page -> page.contains("as of"));
        Instant before = asOf(there);
        DATABASE.execute("update users set credits = 0 where id % 2 = 0");

        there.get("/forecast?afresh=true");

        await(here, page -> page.contains(">25<"));
        await(there, page -> page.contains(">25<"));
        assertThat(asOf(here)).isAfter(before);
        assertThat(DATABASE.count(COMPUTATIONS)).isEqualTo(2);
    }

    @Test
    void anEndedRunMakesItOld() throws Exception {
        await(here, page -> page.contains("as of"));
        Instant before = asOf(here);
        DATABASE.execute("insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy,"
                + " requested_by, finished_at) values ('2020-01-01', 'reinstate', 'COMPLETED', now(), 'UTC', '{}', 'test',"
                + " clock_timestamp())");
        Thread.sleep(1_100);

        assertThat(asOf(here)).isAfter(before);
        DATABASE.execute("truncate credit_rollover_runs cascade");
    }

    @Test
    void aFailureIsSaidToEverybodyAndOfferedAgainAndNotRepeatedByEachView() throws Exception {
        DATABASE.execute("alter table payments rename column created_at to away");
        String failed = await(here, page -> page.contains("note bad"));
        try {
            assertThat(failed).contains("created_at", "Compute again");
            Thread.sleep(1_100);
            assertThat(there.get("/forecast").body()).isEqualTo(failed);
            assertThat(there.get("/admin/forecast").json().path("exitCode").asInt())
                    .isEqualTo(78);
            assertThat(DATABASE.count(COMPUTATIONS)).isOne();
        } finally {
            DATABASE.execute("alter table payments rename column away to created_at");
        }

        there.get("/forecast?afresh=true");
        await(here, page -> page.contains("as of"));
    }

    @Test
    void aViewWaitsForTheConsoleThatComputesAndReplacesOneThatDied() throws Exception {
        await(here, page -> page.contains("as of"));
        DATABASE.execute("update credit_rollover_forecasts set claimed_until = clock_timestamp() + interval '1 hour'");
        Thread.sleep(1_100);
        assertThat(here.get("/forecast").body()).contains("is being computed", "every 2s");
        assertThat(there.get("/forecast?waiting=true").status()).isEqualTo(204);
        assertThat(DATABASE.count(COMPUTATIONS)).isOne();

        DATABASE.execute("update credit_rollover_forecasts set claimed_until = clock_timestamp(), computed_at = null");

        await(there, page -> page.contains("as of"));
        assertThat(DATABASE.count(COMPUTATIONS)).isEqualTo(2);
    }

    private static Instant asOf(ApiClient client) {
        return Instant.parse(client.get("/admin/forecast").json().path("asOf").asString());
    }

    private static String await(ApiClient client, Predicate<String> condition) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            String page = client.get("/forecast").body();
            if (condition.test(page)) {
                return page;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not shown: " + client.get("/forecast").body());
    }
}
