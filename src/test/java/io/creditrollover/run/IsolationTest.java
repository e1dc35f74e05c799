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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
        List<HostFixture.User> users = IntStream.range(0, 16)
                .mapToObj(i -> host.aUser(40).payment("monthly", 50, "failed", host.inTheMonth()))
                .toList();
        database.execute(
                "alter database " + database.name() + " set default_transaction_isolation = '" + isolation + "'");
        obstacles.slowChunks(Duration.ofMillis(500));
        long decidedBefore;
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
            // After the commit of some chunk; the next ones may be quicker.
            token.execute("select from credit_rollover_tokens where name = 'writer' for update");
            obstacles.await("select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and query like '%credit_rollover_tokens%' and datname = current_database()");
            decidedBefore = database.count("select count(*) from credit_rollover_events");
            database.execute("update payments set payment_status = 'paid'"
                    + " where user_id not in (select user_id from credit_rollover_events)");
            holder.rollback();
            obstacles.clear();

            RunOutcome outcome = run.get();

            assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
        }
        assertThat(decidedBefore).as("decided before the chunk that waited").isLessThan(users.size());
        assertThat(users.stream().filter(user -> host.creditsOf(user) == 40))
                .as("paid for before they were decided")
                .hasSize(users.size() - (int) decidedBefore);
    }
}
