package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Complete is only said when events and counts agree: whoever changes rows of this system is found out. */
class ReconciliationTest {
    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product =
            TestApplication.on(database, "rollover.chunk-size=5", "rollover.partitions=1");

    @BeforeEach
    void begin() {
        Obstacles.in(database).clear();
        database.reset();
        HostFixture.in(database).manyUsers(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from credit_rollover_events where id = (select min(id) from credit_rollover_events where action = 'rollover')",
                "delete from credit_rollover_events where id = (select min(id) from credit_rollover_events where action = 'expiry')",
                "update credit_rollover_events set credits_after = credits_after - 1 where id = "
                        + "(select min(id) from credit_rollover_events where action = 'rollover' and credits_after > 0)",
                "update credit_rollover_tallies set users_expired = users_expired + 1",
                "insert into credit_rollover_skips (run_id, user_id, reason_code, reason) select max(id), 1, 'ROW_BUSY', 'x' "
                        + "from credit_rollover_runs",
            })
    void rowsThatSomebodyChangedFailTheReconciliation(String tampering) throws Exception {
        int last = database.jdbc()
                .sql("select max(id) from users")
                .query(Integer.class)
                .single();
        Obstacles.in(database).refuseEventOf(last);
        RunOutcome half = product.run();
        assertThat(half.run().status()).isEqualTo(RunStatus.FAILED);
        Obstacles.in(database).clear();
        database.execute(tampering);

        RunOutcome restarted = product.restart(Objects.requireNonNull(half.run().executionId()));

        assertThat(restarted.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(restarted.sentence()).contains("Reconciliation");
        assertThat(restarted.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(product.restart(Objects.requireNonNull(half.run().executionId()))
                        .exitCode())
                .as("nor does it become complete by trying again")
                .isEqualTo(ExitCode.REFUSED);
    }
}
