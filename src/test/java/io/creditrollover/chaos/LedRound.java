package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A run that one process leads and two others work on, undisturbed, or whose manager is killed on the way. */
final class LedRound {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final String DECIDED = "select count(*)::text from credit_rollover_events";

    private final ChaosEnvironment world;
    private final ReferenceRun twin;
    private final long seed;
    private final Random random;
    private final Map<String, String> settings =
            new HashMap<>(Map.of("ROLLOVER_LEASE_DURATION", LEASE.toString(), "ROLLOVER_PARTITIONS", "8"));

    LedRound(ChaosEnvironment world, ReferenceRun twin, long seed) {
        this.world = world;
        this.twin = twin;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** What happens to the run; its workers chunk slowly meanwhile. */
    @FunctionalInterface
    interface Story {
        void tell(String database, Team team) throws SQLException, IOException;
    }

    /** The manager is killed; its workers stop when its lease runs out; others go on under a new manager. */
    void killedAndRestarted() throws SQLException, IOException {
        replayable("manager killed, restarted with workers", (database, team) -> {
            managerDies(database, team);
            String execution = strings(
                            database, "select max(job_execution_id)::text from credit_rollover_batch_job_execution")
                    .get(0);
            Team.Member waiting = random.nextBoolean() ? team.worker() : null;
            Team.Member manager = team.manager("restart", execution);
            Team.Member worker = waiting == null ? team.worker() : waiting;
            completes(manager, worker);
        });
    }

    /** The manager is killed; one process goes on alone. */
    void killedAndRunAlone() throws SQLException, IOException {
        replayable("manager killed, run without workers", (database, team) -> {
            managerDies(database, team);
            JarProcess.Ended ended = world.run(database, settings, "run", "--json");
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        });
    }

    /** Nothing happens to anybody; the workers hear of offers, or look for them. */
    void undisturbed(boolean told) throws SQLException, IOException {
        if (!told) {
            settings.put("SPRING_FLYWAY_URL", "");
        }
        replayable(told ? "told of offers past the pooler" : "looking for offers", (database, team) -> {
            Team.Member first = team.worker();
            Team.Member second = team.worker();
            Team.Member manager = team.manager("run");
            team.await(DECIDED, 50);
            String listening = "select count(*)::text from pg_stat_activity where datname = current_database()"
                    + " and application_name = 'credit-rollover' and query like 'LISTEN%'";
            if (told) {
                team.await(listening, 2);
            }
            completes(manager, first, second);
        });
    }

    private void managerDies(String database, Team team) throws SQLException, IOException {
        Team.Member first = team.worker();
        Team.Member second = team.worker();
        Team.Member manager = team.manager("run");
        team.await("select count(distinct process)::text from chaos_witness where work like 'rollover-range:%'", 2);
        team.await(DECIDED, 40 + random.nextInt(100));
        manager.process().kill();
        for (Team.Member worker : List.of(first, second)) {
            JarProcess.Ended ended = worker.process().await(ChaosEnvironment.PATIENCE);
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(75);
            assertThat(ended.json().path("error").asString()).contains("has no manager");
        }
        assertThat(strings(database, """
                        select user_id::text from credit_rollover_events, credit_rollover_leases l
                        where l.name = 'writer' and created_at > l.expires_at + %s * interval '1 ms'
                        """.formatted(LEASE.toMillis() / 2)))
                .as("decided by a chunk that began when nobody led")
                .isEmpty();
        assertThat(strings(database, "select status from credit_rollover_runs")).containsExactly("RUNNING");
    }

    private void completes(Team.Member manager, Team.Member... workers) {
        JarProcess.Ended led = manager.process().await(ChaosEnvironment.PATIENCE);
        assertThat(led.exitCode()).as(led.out() + led.err()).isZero();
        assertThat(led.json().path("status").asString()).isEqualTo("COMPLETED");
        for (Team.Member worker : workers) {
            JarProcess.Ended worked = worker.process().await(ChaosEnvironment.PATIENCE);
            assertThat(worked.exitCode()).as(worked.out() + worked.err()).isZero();
            assertThat(worked.json().path("runStatus").asString()).isEqualTo("COMPLETED");
        }
    }

    private void replayable(String what, Story story) throws SQLException, IOException {
        String database = world.copy();
        try (Team team = new Team(world, database, settings);
                TransactionAges ages = TransactionAges.of(world.server(), database);
                Connection connection = world.server().connect(database)) {
            // A range takes longer than half a lease, so that a transaction as long as one would show; and much is left
            // to do when a lease has run out.
            team.slowChunks(Duration.ofMillis(400));
            story.tell(database, team);
            Checker checker = new Checker(connection);
            checker.holdsTogetherUnderWorkers();
            checker.isCompleted();
            checker.equals(world.verdicts());
            assertThat(checker.trace()).as("equal to the undisturbed twin").isEqualTo(twin.trace());
            ages.areBoundedBy(LEASE.dividedBy(2));
            Rounds.say("%s, seed %d: no violation; %s", what, seed, ages);
        } catch (AssertionError | RuntimeException | IOException violation) {
            throw new AssertionError(what + ", replay with -Dchaos.seed=" + seed, violation);
        }
        if (settings.containsValue("")) {
            world.discard(database); // LISTEN went to the pooler and stays in one of its sessions
        } else {
            world.drop(database);
        }
    }

    private List<String> strings(String database, String query) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            return new Checker(connection).strings(query);
        }
    }
}
