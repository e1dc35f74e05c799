package io.creditrollover.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.run.RunOutcome;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An undo that has read the number before an erasure, and writes its reversal after it began. */
class ErasureBesideUndoTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture.User lapsed = HostFixture.in(database).aLapsedUser();

    @Test
    void doesNotBringTheNumberBack() throws Exception {
        database.execute("""
                create function test_wait() returns trigger language plpgsql as
                $$ begin perform pg_advisory_xact_lock(7); return new; end $$""", """
                create trigger test_wait before insert on credit_rollover_events for each row
                when (new.action = 'reversal') execute function test_wait()""");
        try (TestApplication product = TestApplication.on(database, "rollover.lease.duration=PT10M");
                Connection gate = database.open();
                Statement statement = gate.createStatement()) {
            long execution = Objects.requireNonNull(product.run().run().executionId());
            gate.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(7)");
            CompletableFuture<RunOutcome> undo = CompletableFuture.supplyAsync(() -> undo(product, execution));
            await("select count(*) from pg_locks where locktype = 'advisory' and not granted");
            CompletableFuture<Erasure> erasure = CompletableFuture.supplyAsync(() ->
                    product.bean(ErasureService.class).erase(new ErasureRequest(lapsed.phone(), "a test", "somebody")));
            for (int i = 0; i < 600 && !erasure.isDone() && waitingForChunks() == 0; i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }

            gate.rollback();

            assertThat(undo.get(2, TimeUnit.MINUTES).exitCode()).isEqualTo(ExitCode.OK);
            assertThat(erasure.get(2, TimeUnit.MINUTES).events()).isEqualTo(2);
        }
        assertThat(database.count("select count(*) from credit_rollover_events where action = 'reversal'"))
                .isOne();
        assertThat(WholeDatabase.tablesWith(database, lapsed.phone())).isEmpty();
    }

    private long waitingForChunks() {
        return database.count("""
                select count(*) from pg_locks
                where relation = 'credit_rollover_tokens'::regclass and mode = 'ExclusiveLock' and not granted
                """);
    }

    private void await(String query) throws InterruptedException {
        for (int i = 0; i < 600 && database.count(query) == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(database.count(query)).as(query).isOne();
    }

    private static RunOutcome undo(TestApplication product, long execution) {
        try {
            return product.undo(execution);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
