package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A month that runs while clients spend and buy, undisturbed or killed now and then: every balance adds up. */
final class TrafficRound {
    private final ChaosEnvironment world;
    private final HostTraffic.Habit habit;
    private final int clients;
    private final Map<String, String> settings;

    TrafficRound(ChaosEnvironment world, HostTraffic.Habit habit, int clients, Map<String, String> settings) {
        this.world = world;
        this.habit = habit;
        this.clients = clients;
        this.settings = new HashMap<>(settings);
        // Clients may be slow on a busy machine: what they have begun to pay for stays under way.
        this.settings.putIfAbsent("ROLLOVER_PENDING_GRACE", "PT20S");
    }

    /** Runs the month; kills the program that many times on the way. */
    void run(long seed, TcpProxy way, int kills) throws SQLException, IOException {
        String database = world.copy();
        String said;
        try (HostTraffic traffic = HostTraffic.start(world.server(), database, habit, clients, seed)) {
            for (int i = 0; i < kills; i++) {
                killed(way, database, 1 + (int) ((seed + i) % 10));
            }
            int exitCode = -1;
            for (int attempt = 0; exitCode != 0 && attempt < 4; attempt++) {
                try (JarProcess process = world.start(way, database, settings, "run", "--json")) {
                    JarProcess.Ended ended = process.await(ChaosEnvironment.PATIENCE.multipliedBy(3));
                    exitCode = ended.exitCode();
                    assertThat(exitCode).as(ended.out() + ended.err()).isIn(0, 75);
                }
            }
            assertThat(exitCode).isZero();
            said = traffic.toString();
        }
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
            if (habit == HostTraffic.Habit.BLIND) {
                checker.losesNothing();
            } else {
                checker.addsUp();
            }
            Rounds.say(
                    "%s traffic of %d clients, seed %d, %d kills: %s; %s",
                    habit, clients, seed, kills, said, checker.strings("""
                                    select users_processed || ' users processed, ' || users_skipped || ' skipped'
                                    from credit_rollover_runs
                                    """).get(0));
        } catch (AssertionError violation) {
            throw new AssertionError(habit + " traffic, replay with -Dchaos.seed=" + seed, violation);
        }
        world.drop(database);
    }

    private void killed(TcpProxy way, String database, int chunk) {
        try (JarProcess process = world.start(way, database, settings, "run", "--json")) {
            way.set(new TcpProxy.Trap("insert into credit_rollover_tallies", chunk, true, () -> {
                process.kill();
                return TcpProxy.Then.CUT;
            }));
            process.await(ChaosEnvironment.PATIENCE);
        } finally {
            way.set(null);
        }
    }
}
