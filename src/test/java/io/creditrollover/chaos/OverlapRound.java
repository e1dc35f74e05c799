package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Several processes at a time: four that start the month, four that restart a killed one, one frozen past its lease. */
final class OverlapRound {
    private static final int PROCESSES = 4;

    private final ChaosEnvironment world;
    private final ReferenceRun twin;
    private final long seed;
    private final Random random;
    private final Map<String, String> settings;
    private final Duration patience;

    OverlapRound(ChaosEnvironment world, ReferenceRun twin, long seed) {
        this.world = world;
        this.twin = twin;
        this.seed = seed;
        this.random = new Random(seed);
        this.settings = Map.of("ROLLOVER_LEASE_DURATION", Rounds.lease(seed).toString());
        this.patience = Rounds.patience(Rounds.lease(seed));
    }

    /** Four simultaneous starts: one run, and who did not get the lease left no trace. */
    void fourStarts() throws SQLException {
        String database = world.copy();
        replayable(() -> {
            fourAtOnce(database, "run", "--json");
            endsLikeTheTwin(database);
        });
        world.drop(database);
    }

    /** An execution killed in mid-run, then restarted by four at a time. */
    void fourRestartsOfOneKilled() throws SQLException {
        String database = world.copy();
        replayable(() -> {
            killOne(database);
            String execution =
                    one(database, "select max(job_execution_id)::text from credit_rollover_batch_job_execution");
            fourAtOnce(database, "restart", execution, "--json");
            endsLikeTheTwin(database);
        });
        world.drop(database);
    }

    /** A process frozen in mid-chunk past its lease; another one finishes; the first is woken and must end with 75. */
    void frozenPastItsLease() throws SQLException, IOException {
        String text = random.nextInt(3) == 0 ? "update users u set credits" : "insert into credit_rollover_tallies";
        frozen(text, TcpProxy.Then.FORWARD, random.nextBoolean(), database -> {});
    }

    /** As {@link #frozenPastItsLease}, but it has not sent all of a statement, so that no timeout of a statement ends it. */
    void frozenWithinAStatement() throws SQLException, IOException {
        frozen("insert into credit_rollover_events", TcpProxy.Then.BREAK_OFF, false, this::waitsForTheRest);
    }

    private void waitsForTheRest(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            assertThat(holdersOfUsers(connection, List.of("active ClientRead"), Duration.ofSeconds(1)))
                    .as("it holds users, and waits for the rest of a statement")
                    .containsExactly("active ClientRead");
            if (connection.getMetaData().getDatabaseMajorVersion() >= 17) {
                Duration lease = Rounds.lease(seed).plusSeconds(1);
                assertThat(holdersOfUsers(connection, List.of(), lease))
                        .as("users are free after a lease, without a takeover")
                        .isEmpty();
            }
        }
    }

    private static List<String> holdersOfUsers(Connection connection, List<String> awaited, Duration wait)
            throws SQLException {
        Checker checker = new Checker(connection);
        List<String> holders;
        long end = System.nanoTime() + wait.toNanos();
        do {
            ChaosServer.pause(25);
            holders = checker.strings("""
                    select state || ' ' || wait_event from pg_stat_activity a
                    where a.datname = current_database() and a.state = 'active' and exists (
                        select from pg_locks l where l.pid = a.pid and l.granted
                          and l.relation = 'users'::regclass and l.mode = 'RowShareLock')
                    """);
        } while (!holders.equals(awaited) && System.nanoTime() < end);
        return holders;
    }

    private void frozen(String text, TcpProxy.Then then, boolean answered, Look look) throws SQLException, IOException {
        String database = world.copy();
        replayable(() -> {
            try (TcpProxy way = TcpProxy.to(world.port());
                    JarProcess frozen = freezeOne(way, database, text, then, answered)) {
                look.at(database);
                finish(database);
                List<String> before = everything(database);
                frozen.signal("CONT");
                JarProcess.Ended ended = frozen.await(patience);
                assertThat(ended.exitCode())
                        .as("woken; it said: %s %s", ended.out(), ended.err())
                        .isEqualTo(75);
                ended.json();
                assertThat(everything(database)).as("nothing more is committed").isEqualTo(before);
                endsLikeTheTwin(database);
            }
        });
        world.drop(database);
    }

    /** On a machine with too much to do a process may end with 75 by itself before it is killed; then once more. */
    private void killOne(String database) {
        int exitCode = 75;
        for (int attempt = 0; exitCode == 75 && attempt < 5; attempt++) {
            try (JarProcess process = world.start(database, settings, "run", "--json")) {
                int chunk = 1 + random.nextInt(10);
                TcpProxy.Action kill = () -> {
                    process.kill();
                    return TcpProxy.Then.CUT;
                };
                world.proxy()
                        .set(new TcpProxy.Trap(
                                "insert into credit_rollover_tallies", chunk, random.nextBoolean(), kill));
                exitCode = process.await(patience).exitCode();
            } finally {
                world.proxy().set(null);
            }
        }
        assertThat(exitCode).isEqualTo(JarProcess.KILLED);
    }

    /** As {@link #killOne}: one that ends by itself before it is met in mid-chunk is started once more. */
    private JarProcess freezeOne(TcpProxy way, String database, String text, TcpProxy.Then then, boolean answered) {
        int chunk = 1 + random.nextInt(10);
        for (int attempt = 0; attempt < 5; attempt++) {
            JarProcess process = world.start(way, database, settings, "run", "--json");
            way.set(new TcpProxy.Trap(text, chunk, answered, () -> {
                process.signal("STOP");
                return then;
            }));
            while (process.isAlive() && !way.hasSprung()) {
                ChaosServer.pause(20);
            }
            if (way.hasSprung()) {
                return process;
            }
            JarProcess.Ended ended = process.await(ChaosEnvironment.PATIENCE);
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(75);
        }
        throw new AssertionError("never frozen in mid-chunk");
    }

    private void fourAtOnce(String database, String... command) {
        List<JarProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(world.start(database, settings, command));
            }
            for (JarProcess process : processes) {
                JarProcess.Ended ended = process.await(patience);
                assertThat(ended.exitCode()).as(ended.out() + ended.err()).isIn(0, 75);
                ended.json();
            }
        } finally {
            processes.forEach(JarProcess::close);
        }
    }

    private void finish(String database) {
        JarProcess.Ended ended = world.run(database, settings, "run", "--json");
        for (int attempt = 1; ended.exitCode() == 75 && attempt < 4; attempt++) {
            ended = world.run(database, settings, "run", "--json");
        }
        assertThat(ended.exitCode())
                .as("the month is complete; the last attempt said: %s %s", ended.out(), ended.err())
                .isZero();
    }

    /** On a machine with too much to do even the winner may have lost its lease; then once more, in peace. */
    private void endsLikeTheTwin(String database) throws SQLException {
        finish(database);
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
            checker.equals(world.verdicts());
            assertThat(checker.trace()).isEqualTo(twin.trace());
            assertThat(checker.strings("""
                            select 'executions ' || count(*) from credit_rollover_batch_job_execution
                            having count(*) > (select token from credit_rollover_leases where name = 'writer')
                            """))
                    .as("who has no lease leaves no trace")
                    .isEmpty();
        }
    }

    /**
     * Spring Batch's record of the dead execution is left out: the woken process may still note there how it ended,
     * which nobody goes by, since who goes on has settled it.
     */
    private List<String> everything(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            List<String> all = checker.trace();
            all.addAll(checker.strings("select t::text from credit_rollover_tallies t order by step"));
            all.addAll(checker.strings("select t::text from credit_rollover_leases t"));
            return all;
        }
    }

    private String one(String database, String query) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            return new Checker(connection).strings(query).get(0);
        }
    }

    /** Looks at the database of a process that was just frozen. */
    @FunctionalInterface
    private interface Look {
        void at(String database) throws SQLException;
    }

    /** What a round does. */
    @FunctionalInterface
    private interface Steps {
        void run() throws SQLException, IOException;
    }

    private void replayable(Steps steps) throws SQLException {
        try {
            steps.run();
        } catch (AssertionError | RuntimeException | IOException violation) {
            throw new AssertionError("replay with -Dchaos.seed=" + seed, violation);
        }
    }
}
