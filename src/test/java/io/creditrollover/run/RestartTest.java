package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run that ends early in whatever way, and is gone on with, ends as one that was never stopped. */
class RestartTest {
    private static final int USERS = 300;
    private static final String[] SETTINGS = {
        "rollover.chunk-size=7", "rollover.partitions=3", "rollover.threads=2", "rollover.lease.duration=PT20S"
    };

    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(database, SETTINGS);

    private Month twin;
    private Obstacles obstacles;

    /** The same people twice: the twin's month is never disturbed. */
    @BeforeEach
    void liveTheMonthOnceUndisturbed() throws InterruptedException {
        obstacles = Obstacles.in(database);
        obstacles.clear();
        database.reset();
        HostFixture.in(database).manyUsers(USERS);
        database.execute("create table users_before as table users", "create table payments_before as table payments");
        product.run();
        twin = Month.of(database);
        assertThat(twin.figures().usersProcessed()).isEqualTo(USERS);
        database.reset();
        database.execute(
                "insert into users overriding system value table users_before",
                "insert into payments overriding system value table payments_before",
                "drop table users_before, payments_before");
    }

    @Test
    void stoppedBetweenTwoChunks() throws Exception {
        RunOutcome stopped = stopAfterAFewChunks();

        assertThat(stopped.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(stopped.run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(stopped.run().totals().usersProcessed()).isBetween(20L, USERS - 1L);
        assertRestartEndsAsTheTwin(stopped);
    }

    @Test
    void interruptedInMidChunk() throws Exception {
        obstacles.slowChunks(Duration.ofMillis(40));
        AtomicReference<Thread> worker = new AtomicReference<>();
        RunOutcome interrupted = meanwhile(
                () -> {
                    worker.set(Thread.currentThread());
                    return product.run();
                },
                () -> {
                    obstacles.awaitEvents(20);
                    worker.get().interrupt();
                });

        assertThat(interrupted.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(interrupted.run().status()).isIn(RunStatus.STOPPED, RunStatus.FAILED);
        assertNobodyWorksOn();
        assertRestartEndsAsTheTwin(interrupted);
    }

    @Test
    void aRangeInterruptedInMidChunk() throws Exception {
        obstacles.slowChunks(Duration.ofMillis(40));
        RunOutcome interrupted = meanwhile(product::run, () -> {
            obstacles.awaitEvents(20);
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("rollover-"))
                    .forEach(Thread::interrupt);
        });

        assertThat(interrupted.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(interrupted.run().status()).isIn(RunStatus.STOPPED, RunStatus.FAILED);
        assertRestartEndsAsTheTwin(interrupted);
    }

    @Test
    void failedSinceTheDatabaseRefusedAnEvent() throws Exception {
        long refused = database.jdbc()
                .sql("select id from users order by id offset 150 limit 1")
                .query(Integer.class)
                .single();
        obstacles.refuseEventOf(refused);
        StopSignal command = new StopSignal();

        RunOutcome failed = product.run(command);

        assertThat(failed.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(failed.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.sentence()).contains("refused by a test").contains("restart");
        assertThat(command.isRequested())
                .as("nobody stopped the command, which has a mail to deliver")
                .isFalse();
        Month half = Month.of(database);
        assertThat(half.events()).doesNotContainKey(refused).hasSizeBetween(1, USERS - 1);
        half.balances().forEach((userId, credits) -> {
            boolean decided = half.events().containsKey(userId);
            int whole = twin.events().get(userId).get(0).creditsBefore();
            assertThat(credits)
                    .as("user %s, decided: %s", userId, decided)
                    .isEqualTo(decided ? twin.balances().get(userId) : whole);
        });
        assertRestartEndsAsTheTwin(failed);
    }

    @Test
    void restartedTwiceAtOnceOnlyOneWorks() throws Exception {
        RunOutcome stopped = stopAfterAFewChunks();
        long executionId = java.util.Objects.requireNonNull(stopped.run().executionId());

        try (TestApplication other = TestApplication.on(database, SETTINGS)) {
            ExecutorService two = Executors.newFixedThreadPool(2);
            Future<ExitCode> one = two.submit(() -> codeOf(() -> product.restart(executionId)));
            Future<ExitCode> theOther = two.submit(() -> codeOf(() -> other.restart(executionId)));
            assertThat(Set.of(one.get(), theOther.get())).isEqualTo(Set.of(ExitCode.OK, ExitCode.RETRY));
            two.shutdown();
        }

        assertThat(Month.of(database)).isEqualTo(twin);
        assertThat(database.count("select count(*) from credit_rollover_batch_job_execution"))
                .isEqualTo(2);
    }

    @Test
    void aLiveExecutionIsNotRecovered() throws Exception {
        obstacles.slowChunks(Duration.ofMillis(400));
        RunOutcome outcome;
        try (TestApplication other = TestApplication.on(database, SETTINGS)) {
            outcome = meanwhile(product::run, () -> {
                obstacles.awaitEvents(20);
                long executionId =
                        database.count("select max(job_execution_id) from credit_rollover_batch_job_execution");
                assertThat(codeOf(() -> other.restart(executionId))).isEqualTo(ExitCode.RETRY);
                assertThat(codeOf(other::run)).isEqualTo(ExitCode.RETRY);
                obstacles.clear();
            });
        }

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Month.of(database)).isEqualTo(twin);
        assertThat(database.count("select count(*) from credit_rollover_batch_job_execution"))
                .isOne();
        assertThat(database.count("select count(*) from credit_rollover_runs")).isOne();
    }

    @Test
    void aRunThatIsRunAgainGoesOnInsteadOfBeginningAnew() throws Exception {
        RunOutcome stopped = stopAfterAFewChunks();
        obstacles.clear();

        RunOutcome again = product.run();

        assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(again.run().runId()).isEqualTo(stopped.run().runId());
        assertThat(Month.of(database)).isEqualTo(twin);
    }

    @Test
    void anotherChunkSizeAndOtherThreadsGoOnInTheFrozenRanges() throws Exception {
        RunOutcome stopped = stopAfterAFewChunks();
        obstacles.clear();

        try (TestApplication other =
                TestApplication.on(database, "rollover.chunk-size=31", "rollover.partitions=5", "rollover.threads=1")) {
            long executionId = java.util.Objects.requireNonNull(stopped.run().executionId());
            assertThat(other.restart(executionId).exitCode()).isEqualTo(ExitCode.OK);
        }
        assertThat(Month.of(database)).isEqualTo(twin);
    }

    private RunOutcome stopAfterAFewChunks() throws Exception {
        StopSignal signal = new StopSignal();
        obstacles.slowChunks(Duration.ofMillis(250));
        return meanwhile(() -> product.run(signal), () -> {
            obstacles.awaitEvents(20);
            signal.request();
        });
    }

    private void assertRestartEndsAsTheTwin(RunOutcome ended) throws InterruptedException {
        obstacles.clear();
        RunOutcome restarted =
                product.restart(java.util.Objects.requireNonNull(ended.run().executionId()));
        assertThat(restarted.exitCode()).as(restarted.sentence()).isEqualTo(ExitCode.OK);
        assertThat(restarted.run().runId()).isEqualTo(ended.run().runId());
        assertThat(Month.of(database)).isEqualTo(twin);
    }

    private static void assertNobodyWorksOn() {
        List<Thread> workers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("rollover-"))
                .toList();
        assertThat(workers).as("threads that outlive their run").isEmpty();
    }

    private static ExitCode codeOf(Callable<RunOutcome> attempt) throws Exception {
        try {
            return attempt.call().exitCode();
        } catch (ExitException refused) {
            return refused.exitCode();
        }
    }

    /** Does something while a run is at work. */
    private static RunOutcome meanwhile(Callable<RunOutcome> run, Meanwhile something) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<RunOutcome> outcome = thread.submit(run);
            something.happens();
            return outcome.get();
        } finally {
            thread.shutdown();
        }
    }

    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws Exception;
    }
}
