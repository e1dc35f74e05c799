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
import org.jspecify.annotations.Nullable;

/**
 * A run that one process leads and three others work on. Two of them are killed in mid-chunk, one of which is replaced;
 * the third is frozen in mid-chunk past its lease, and woken when the run is over.
 */
final class WorkersRound {
    private static final Duration LEASE = Duration.ofSeconds(6);

    private final World world;
    private final Map<String, String> settings;
    private final long seed;
    private final Random random;
    private final List<JarProcess> processes = new ArrayList<>();
    private final List<TcpProxy> ways = new ArrayList<>();
    private final List<TcpProxy> traps = new ArrayList<>();

    /** {@code settings} say chunk size and partitions: each worker must meet some chunks. */
    WorkersRound(World world, long seed, Map<String, String> settings) {
        this.world = world;
        this.seed = seed;
        this.random = new Random(seed);
        this.settings = new HashMap<>(settings);
        this.settings.put("ROLLOVER_THREADS", "1");
        this.settings.put("ROLLOVER_LEASE_DURATION", LEASE.toString());
    }

    /** Each chunk takes so much longer, so that all three are at work when the first of them is gone. */
    void run(Duration chunkPause) throws SQLException, IOException {
        String database = world.copy();
        world.server().execute(database, """
                create function chaos_pause() returns trigger language plpgsql as $$ begin
                    perform pg_sleep(%s); return null; end $$;
                create trigger chaos_pause before insert on credit_rollover_events
                    for each statement execute function chaos_pause()
                """.formatted(chunkPause.toMillis() / 1000.0));
        try (TransactionAges ages = TransactionAges.of(world.server(), database)) {
            disturbed(database, ages);
        } catch (AssertionError | RuntimeException | IOException violation) {
            throw new AssertionError("workers, replay with -Dchaos.seed=" + seed, violation);
        } finally {
            for (JarProcess process : processes) {
                process.close();
            }
            for (TcpProxy way : ways) {
                way.close();
            }
        }
        world.drop(database);
    }

    private void disturbed(String database, TransactionAges ages) throws SQLException, IOException {
        worker(database, process -> kill(process));
        worker(database, process -> kill(process));
        JarProcess frozen = worker(database, process -> {
            process.signal("STOP");
            return TcpProxy.Then.FORWARD;
        });
        awaitConnections(database, 3);
        JarProcess manager =
                started(world.start(world.proxy(), database, settings, "run", "--workers", "remote", "--json"));
        for (TcpProxy way : traps) {
            while (!way.hasSprung() && manager.isAlive()) {
                ChaosServer.pause(20);
            }
            assertThat(way.hasSprung()).as("every worker was met in mid-chunk").isTrue();
        }
        JarProcess replacement = worker(database, null);

        JarProcess.Ended led = manager.await(World.PATIENCE.multipliedBy(3));
        assertThat(led.exitCode()).as(led.out() + led.err()).isZero();
        assertThat(led.json().path("status").asString()).isEqualTo("COMPLETED");
        JarProcess.Ended worked = replacement.await(World.PATIENCE);
        assertThat(worked.json().path("runStatus").asString()).isEqualTo("COMPLETED");
        List<String> before = everything(database);
        frozen.signal("CONT");
        JarProcess.Ended woken = frozen.await(World.PATIENCE);
        assertThat(woken.exitCode()).as(woken.out() + woken.err()).isIn(0, 75);
        woken.json();
        assertThat(everything(database)).as("nothing more is committed").isEqualTo(before);
        // A frozen transaction is broken off within half a lease; no other comes near that.
        assertThat(ages.oldestSeconds()).as(ages.toString()).isLessThan((double) LEASE.toSeconds());
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

    /** Starts a worker on a way of its own; null for one that nothing happens to. */
    private JarProcess worker(String database, @Nullable Disturbance disturbance) throws IOException {
        TcpProxy way = TcpProxy.to(world.server().port());
        JarProcess process = started(world.start(way, database, settings, "worker", "--json"));
        ways.add(way);
        if (disturbance != null) {
            traps.add(way);
            String text = random.nextBoolean() ? "update users u set credits" : "insert into credit_rollover_tallies";
            way.set(new TcpProxy.Trap(
                    text, 1 + random.nextInt(3), random.nextBoolean(), () -> disturbance.of(process)));
        }
        return process;
    }

    private JarProcess started(JarProcess process) {
        processes.add(process);
        return process;
    }

    private static TcpProxy.Then kill(JarProcess process) {
        process.kill();
        return TcpProxy.Then.CUT;
    }

    private void awaitConnections(String database, int count) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            String query = "select count(distinct application_name)::text from pg_stat_activity"
                    + " where datname = current_database() and application_name like 'process-%'";
            while (Integer.parseInt(checker.strings(query).get(0)) < count) {
                ChaosServer.pause(50);
            }
        }
    }

    private List<String> everything(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            List<String> all = checker.trace();
            all.addAll(checker.strings("select t::text from credit_rollover_tallies t order by work"));
            all.addAll(checker.strings("select s::text from batch_step_execution s order by step_execution_id"));
            return all;
        }
    }

    /** What happens to a worker in mid-chunk. */
    @FunctionalInterface
    private interface Disturbance {
        TcpProxy.Then of(JarProcess process);
    }
}
