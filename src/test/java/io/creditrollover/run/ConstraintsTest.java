package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;

/** What the database itself refuses, whoever asks. */
class ConstraintsTest {
    private static final String EVENT = "insert into credit_rollover_events (user_id, phone_number, rollover_date, "
            + "credits_before, credits_after, action, reason, run_id, reason_code, reverses) "
            + "select user_id, phone_number, rollover_date, %s, %s, reason, %s, reason_code, %s "
            + "from credit_rollover_events order by id limit 1";

    private static TestDatabase database;

    @BeforeAll
    static void runAMonth() throws InterruptedException {
        database = TestDatabase.migrated();
        HostFixture.in(database).aPayingUser();
        try (TestApplication product = TestApplication.on(database)) {
            product.run();
        }
        database.execute(EVENT.formatted("0, 40", "'reversal'", "run_id + 1", "id"));
        database.execute(EVENT.formatted("0, 0", "'reinstatement'", "run_id + 1", "id"));
    }

    @AfterAll
    static void drop() {
        database.reset();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a second decision for a user and run         | 40, 0  | 'expiry'   | run_id     | null",
                "a decision that gives credits                | 40, 41 | 'rollover' | run_id + 1 | null",
                "a balance below nothing                      | 40, -1 | 'expiry'   | run_id + 1 | null",
                "giving back twice what was taken             | 0, 40  | 'reversal' | run_id + 2 | id",
                "a reversal of nothing                        | 0, 40  | 'reversal' | run_id + 2 | null",
                "reinstating twice what was taken             | 0, 40  | 'reinstatement' | run_id + 2 | id",
                "a reinstatement of nothing                   | 0, 40  | 'reinstatement' | run_id + 2 | null",
                "an action that is none                       | 40, 40 | 'gift'     | run_id + 1 | null",
            })
    void refuses(String what, String credits, String action, String runId, String reverses) {
        String insert = EVENT.formatted(credits, action, runId, reverses);
        assertThatThrownBy(() -> database.jdbc().sql(insert).update())
                .as(what)
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @ParameterizedTest(name = "a second live run beside one that is {0}")
    @CsvSource({"RUNNING", "COMPLETED", "FAILED", "STOPPED", "BLOCKED"})
    void refusesASecondLiveRunOfADate(String status) {
        assertThatThrownBy(
                        () -> database.jdbc().sql("""
                                insert into credit_rollover_runs
                                    (rollover_date, mode, status, cutoff, zone, policy, requested_by)
                                select rollover_date, 'live', :status, cutoff, zone, policy, 'a test'
                                from credit_rollover_runs order by id limit 1
                                """).param("status", status).update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
