package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A payment that is committed while a chunk waits for its token counts, whatever isolation the database has for a default. */
class IsolationTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final Obstacles obstacles = Obstacles.in(database);

    @ParameterizedTest
    @ValueSource(strings = {"read committed", "repeatable read", "serializable"})
    void aPaymentThatIsSettledWhileAChunkWaitsCounts(String isolation) throws Exception {
        // Even ids are decided before odd ones.
        HostFixture.User second = host.aUser(40).payment("monthly", 50, "failed", host.inTheMonth());
        HostFixture.User first = host.aLapsedUser();
        database.execute(
                "alter database " + database.name() + " set default_transaction_isolation = '" + isolation + "'");
        obstacles.slowChunks(Duration.ofMillis(1_500));
        try (TestApplication product = TestApplication.on(
                        database, "rollover.chunk-size=1", "rollover.threads=1", "rollover.partitions=1");
                Connection holder = database.open();
                Statement token = holder.createStatement()) {
            CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return product.run(new StopSignal());
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            obstacles.await("select count(*) > 0 from pg_stat_activity where wait_event = 'PgSleep'"
                    + " and datname = current_database()");
            holder.setAutoCommit(false);
            token.execute("set transaction isolation level read committed");
            token.execute(
                    "select from credit_rollover_tokens where name = 'writer' for update"); // once the chunk commits
            obstacles.await("select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and query like '%credit_rollover_tokens%' and datname = current_database()");
            database.execute("update payments set payment_status = 'paid' where user_id = " + second.id());
            holder.rollback();

            RunOutcome outcome = run.get();

            assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
        }
        assertThat(host.creditsOf(first)).isZero();
        assertThat(host.creditsOf(second)).as("paid for while the chunk waited").isEqualTo(40);
    }
}
