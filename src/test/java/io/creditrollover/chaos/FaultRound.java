package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One month, disturbed again and again by one kind of fault, then left in peace: it must end as if nothing had happened.
 */
final class FaultRound {
    private static final int MAX_ATTEMPTS = 12;

    /** Between a step execution and this lies a moment in which Spring Batch knows neither range nor position. */
    private static final String SAVES_CONTEXT = "UPDATE credit_rollover_batch_STEP_EXECUTION_CONTEXT";

    private final ChaosEnvironment world;
    private final ReferenceRun twin;
    private final Fault fault;
    private final long seed;
    private final Random random;
    private final Map<String, String> settings;
    private final Duration patience;
    private int injected;

    FaultRound(ChaosEnvironment world, ReferenceRun twin, Fault fault, long seed) {
        this.world = world;
        this.twin = twin;
        this.fault = fault;
        this.seed = seed;
        this.random = new Random(seed);
        this.settings = Map.of("ROLLOVER_LEASE_DURATION", Rounds.lease(seed).toString());
        this.patience = Rounds.patience(Rounds.lease(seed));
    }

    /** Runs until {@code faults} have been injected, or the month is complete before; returns how many were. */
    int run(int faults) throws SQLException {
        String database = world.copy();
        try {
            boolean done = false;
            for (int attempt = 0; !done && injected < faults && attempt < MAX_ATTEMPTS; attempt++) {
                done = disturbed(database);
            }
            endsLikeTheTwin(database, done);
            world.drop(database);
            return injected;
        } catch (AssertionError | RuntimeException violation) {
            throw new AssertionError(
                    fault + ", replay with -Dchaos.seed=" + seed + " (" + injected + " faults so far)", violation);
        } finally {
            world.proxy().set(null);
        }
    }

    private void endsLikeTheTwin(String database, boolean alreadyDone) throws SQLException {
        boolean done = alreadyDone;
        JarProcess.Ended last = new JarProcess.Ended(0, "", "");
        for (int attempt = 0; !done && attempt < world.attemptsLeftInPeace(); attempt++) {
            last = world.run(database, settings, command(database));
            done = ends(last, false);
        }
        assertThat(done)
                .as("complete once it is left in peace; the last attempt said: %s %s", last.out(), last.err())
                .isTrue();
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
            checker.equals(world.verdicts());
            assertThat(checker.trace()).as("equal to the undisturbed twin").isEqualTo(twin.trace());
        }
    }

    /** Dies twice on the way from a range's step execution to its context: when it begins, and when it goes on. */
    void dyingBeforeARangeIsSaved() throws SQLException {
        String database = world.copy();
        int killed = 0;
        for (int attempt = 0; killed < 2 && attempt < 6; attempt++) {
            try (JarProcess process = world.start(database, settings, command(database))) {
                world.proxy().set(new TcpProxy.Trap(SAVES_CONTEXT, 3 + random.nextInt(3), false, () -> {
                    process.kill();
                    return TcpProxy.Then.CUT;
                }));
                killed += process.await(patience).exitCode() == JarProcess.KILLED ? 1 : 0;
            } finally {
                world.proxy().set(null);
            }
        }
        assertThat(killed).as("times it died there").isEqualTo(2);
        endsLikeTheTwin(database, false);
        world.drop(database);
    }

    /** One attempt with one fault in it, if it lives long enough for that; returns whether the month is complete. */
    private boolean disturbed(String database) throws SQLException {
        AtomicBoolean begun = new AtomicBoolean();
        CountDownLatch happened = new CountDownLatch(1);
        boolean atCommit = random.nextInt(5) > 0;
        boolean anyCommit = random.nextInt(4) > 0;
        String text = anyCommit ? "COMMIT" : SAVES_CONTEXT;
        int nth = 1 + random.nextInt(anyCommit ? twin.commits() : 20);
        boolean answered = random.nextBoolean();
        long afterMillis = random.nextInt((int) twin.millis());
        String[] command = command(database);
        world.proxy().set(null);
        try (JarProcess process = world.start(database, settings, command)) {
            TcpProxy.Action action = () -> {
                begun.set(true);
                TcpProxy.Then then = fault.act(world, process);
                happened.countDown();
                return then;
            };
            if (atCommit) {
                world.proxy().set(new TcpProxy.Trap(text, nth, answered, action));
            } else {
                ChaosServer.pause(afterMillis);
                if (process.isAlive()) {
                    action.act();
                }
            }
            while (process.isAlive() && !happened.await(50, TimeUnit.MILLISECONDS)) {
                // it goes its way
            }
            boolean wasInjected = begun.get();
            if (wasInjected) {
                happened.await(); // the process may be gone before who killed it has come back
                injected++;
                fault.mend(world, random);
            }
            return ends(process.await(patience), wasInjected);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            world.proxy().set(null);
        }
    }

    /** Looks at how a process ended; returns whether it said that the month is complete. */
    private boolean ends(JarProcess.Ended ended, boolean disturbed) {
        if (disturbed && fault == Fault.KILL && ended.exitCode() == JarProcess.KILLED) {
            return false;
        }
        if (disturbed && fault == Fault.TERM && ended.exitCode() == 143) {
            return false;
        }
        assertThat(ended.exitCode())
                .as("exit code; it said: %s %s", ended.out(), ended.err())
                .isIn(0, 75);
        return ended.json().path("status").asString("").equals("COMPLETED") && ended.exitCode() == 0;
    }

    /** Run, or restart by the id of any execution that the run had. */
    private String[] command(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            List<String> executions = new Checker(connection).strings("""
                    select e.job_execution_id::text from credit_rollover_batch_job_execution e
                    join credit_rollover_runs r using (job_instance_id) order by e.job_execution_id
                    """);
            return executions.isEmpty() || random.nextBoolean()
                    ? new String[] {"run", "--json"}
                    : new String[] {"restart", executions.get(random.nextInt(executions.size())), "--json"};
        }
    }
}
