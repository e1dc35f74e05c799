package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A month that meets an obstacle in the environment: the attempt says so in a sentence and ends with 75, and once the
 * obstacle is gone the same command ends like the undisturbed twin.
 */
final class ObstacleRound implements AutoCloseable {
    /** What every chunk does last before its commit. */
    static final String CHUNK = "insert into credit_rollover_tallies";

    private static final String[] COMMAND = {"run", "--json"};

    private final ChaosEnvironment world;
    private final ReferenceRun twin;
    private final long seed;
    private final String database;
    /** A lease which only the obstacle can take away: parts of it are the bounds of statements and locks. */
    private final Map<String, String> settings = new HashMap<>(Map.of("ROLLOVER_LEASE_DURATION", "PT20S"));

    ObstacleRound(ChaosEnvironment world, ReferenceRun twin, long seed) throws SQLException {
        this.world = world;
        this.twin = twin;
        this.seed = seed;
        this.database = world.copy();
    }

    /** Further settings for the attempts to come. */
    ObstacleRound with(Map<String, String> further) {
        settings.putAll(further);
        return this;
    }

    String database() {
        return database;
    }

    /** One attempt; {@code trap} may be null for an obstacle that is there already. */
    JarProcess.Ended attempt(TcpProxy.@Nullable Trap trap) {
        world.proxy().set(trap);
        try (JarProcess process = world.start(database, settings, COMMAND)) {
            return process.await(ChaosEnvironment.PATIENCE);
        } finally {
            world.proxy().set(null);
        }
    }

    /** One attempt that must end with 75, in one sentence in which {@code says}, a regular expression, is found. */
    JarProcess.Ended fails(TcpProxy.@Nullable Trap trap, String says) {
        JarProcess.Ended ended = attempt(trap);
        inASentence(ended, says);
        return ended;
    }

    /** The same of an attempt that the obstacle may have come too late for; returns whether it was in its way. */
    boolean mayFail(TcpProxy.@Nullable Trap trap, String says) {
        JarProcess.Ended ended = attempt(trap);
        if (ended.exitCode() != 0) {
            inASentence(ended, says);
        }
        return ended.exitCode() != 0;
    }

    private void inASentence(JarProcess.Ended ended, String says) {
        String all = replay() + ended.out() + ended.err();
        assertThat(ended.exitCode()).as(all).isEqualTo(75);
        String error = ended.json().path("error").asString();
        assertThat(error).as(all).containsPattern(says).doesNotContain("\n", "Unforeseen", "Exception");
        // After twenty seconds the harness asks the process for its threads, which is no fault of the program's.
        String log = ended.err().split("Full thread dump", 2)[0];
        assertThat(log).as("a sentence, not a stack trace").doesNotContain("\tat ");
    }

    /** Each chunk is there with its events, its balances and its count, or not at all. */
    void nothingIsHalfDone(ChaosServer server) throws SQLException {
        try (Connection connection = server.connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            assertThat(checker.strings("""
                            select count(*) || ' ' || coalesce(sum(credits_before), 0) || ' '
                                   || coalesce(sum(credits_after), 0) from credit_rollover_events
                            """)).as(replay() + "events as counted").isEqualTo(checker.strings("""
                            select coalesce(sum(users_rolled_over + users_expired), 0) || ' '
                                   || coalesce(sum(credits_before), 0) || ' ' || coalesce(sum(credits_rolled_over), 0)
                            from credit_rollover_tallies
                            """));
            assertThat(checker.strings("""
                            select u.id::text from users u join credit_rollover_events e on e.user_id = u.id
                            where u.credits <> e.credits_after
                            """))
                    .as(replay() + "balances as the events say")
                    .isEmpty();
        }
    }

    void endsLikeTheTwin() throws SQLException {
        endsLikeTheTwin(world.server());
    }

    /** Three attempts, since a busy machine may take the lease of three seconds from a run. */
    void endsLikeTheTwin(ChaosServer server) throws SQLException {
        JarProcess.Ended last = new JarProcess.Ended(-1, "", "");
        for (int attempt = 0; last.exitCode() != 0 && attempt < 3; attempt++) {
            last = attempt(null);
            assertThat(last.exitCode()).as(replay() + last.out() + last.err()).isIn(0, 75);
        }
        assertThat(last.json().path("status").asString())
                .as(replay() + last.out() + last.err())
                .isEqualTo("COMPLETED");
        try (Connection connection = server.connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
            checker.equals(world.verdicts());
            assertThat(checker.trace())
                    .as(replay() + "equal to the undisturbed twin")
                    .isEqualTo(twin.trace());
        }
    }

    private String replay() {
        return "replay with -Dchaos.seed=" + seed + ": ";
    }

    @Override
    public void close() throws SQLException {
        world.drop(database);
    }
}
