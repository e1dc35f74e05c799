package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A run that one process leads and three others work on. Two of them are killed in mid-chunk, one of which is replaced;
 * the third is frozen in mid-chunk past its lease, and woken when the run is over.
 */
final class WorkersRound {
    private static final Duration LEASE = Duration.ofSeconds(6);

    private final ChaosEnvironment world;
    private final Map<String, String> settings;
    private final long seed;
    private final Random random;
    private final List<TcpProxy> traps = new ArrayList<>();

    /** {@code settings} say chunk size and partitions: each worker must meet some chunks. */
    WorkersRound(ChaosEnvironment world, long seed, Map<String, String> settings) {
        this.world = world;
        this.seed = seed;
        this.random = new Random(seed);
        this.settings = new HashMap<>(settings);
        this.settings.put("ROLLOVER_LEASE_DURATION", LEASE.toString());
    }

    /** Each chunk takes so much longer, so that all three are at work when the first of them is gone. */
    void run(Duration chunkPause) throws SQLException, IOException {
        String database = world.copy();
        try (Team team = new Team(world, database, settings);
                TransactionAges ages = TransactionAges.of(world.server(), database)) {
            team.slowChunks(chunkPause);
            disturbed(database, team, ages);
        } catch (AssertionError | RuntimeException | IOException violation) {
            throw new AssertionError("workers, replay with -Dchaos.seed=" + seed, violation);
        }
        world.drop(database);
    }

    private void disturbed(String database, Team team, TransactionAges ages) throws SQLException, IOException {
        trapped(team, process -> kill(process));
        trapped(team, process -> kill(process));
        JarProcess frozen = trapped(team, process -> {
            process.signal("STOP");
            return TcpProxy.Then.FORWARD;
        });
        team.awaitConnections(3);
        JarProcess manager = team.manager("run").process();
        for (TcpProxy way : traps) {
            while (!way.hasSprung() && manager.isAlive()) {
                ChaosServer.pause(20);
            }
            assertThat(way.hasSprung()).as("every worker was met in mid-chunk").isTrue();
        }
        JarProcess replacement = team.worker().process();

        JarProcess.Ended led = manager.await(ChaosEnvironment.PATIENCE.multipliedBy(3));
        assertThat(led.exitCode()).as(led.out() + led.err()).isZero();
        assertThat(led.json().path("status").asString()).isEqualTo("COMPLETED");
        JarProcess.Ended worked = replacement.await(ChaosEnvironment.PATIENCE);
        assertThat(worked.json().path("runStatus").asString()).isEqualTo("COMPLETED");
        List<String> before = everything(database);
        frozen.signal("CONT");
        JarProcess.Ended woken = frozen.await(ChaosEnvironment.PATIENCE);
        assertThat(woken.exitCode()).as(woken.out() + woken.err()).isIn(0, 75);
        woken.json();
        assertThat(everything(database)).as("nothing more is committed").isEqualTo(before);
        // The frozen one too is broken off by then.
        ages.areBoundedBy(LEASE.dividedBy(2));
        say(database, ages);
    }

    private void say(String database, TransactionAges ages) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogetherUnderWorkers();
            checker.isCompleted();
            checker.equals(world.verdicts());
            Rounds.say(
                    "workers, seed %d: 2 killed, 1 replaced, 1 frozen, no violation; %s; %s",
                    seed, checker.strings("""
                            select users_processed || ' users in ' || extract(epoch from finished_at - started_at)::numeric(9, 1)
                                   || ' s, ranges offered ' || (select sum(claim) || ' times for ' || count(*)
                                                                from credit_rollover_partitions)
                            from credit_rollover_runs
                            """).get(0), ages);
        }
    }

    /** Starts a worker to which something happens in mid-chunk. */
    private JarProcess trapped(Team team, Disturbance disturbance) throws IOException {
        Team.Member worker = team.worker();
        traps.add(worker.way());
        String text = random.nextBoolean() ? "update users u set credits" : "insert into credit_rollover_tallies";
        worker.way()
                .set(new TcpProxy.Trap(
                        text, 1 + random.nextInt(3), random.nextBoolean(), () -> disturbance.of(worker.process())));
        return worker.process();
    }

    private static TcpProxy.Then kill(JarProcess process) {
        process.kill();
        return TcpProxy.Then.CUT;
    }

    private List<String> everything(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            List<String> all = checker.trace();
            all.addAll(checker.strings("select t::text from credit_rollover_tallies t order by step"));
            all.addAll(checker.strings(
                    "select s::text from credit_rollover_batch_step_execution s order by step_execution_id"));
            return all;
        }
    }

    /** What happens to a worker in mid-chunk. */
    @FunctionalInterface
    private interface Disturbance {
        TcpProxy.Then of(JarProcess process);
    }
}
