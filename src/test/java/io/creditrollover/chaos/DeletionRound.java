package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.exit.ExitCode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A month and its undo while the host deletes, merges and inserts users again. Of three users one is never touched; these end
 * as in a run that nothing disturbs.
 */
final class DeletionRound {
    private static final int MAX_UNDOS = 5;
    private static final Map<String, String> SETTINGS =
            Map.of("ROLLOVER_LEASE_DURATION", "PT20S", "ROLLOVER_CHUNK_SIZE", "10");

    private static final String UNTOUCHED = "select %s from %s where (%s) %% 3 = 0 order by 1";
    private static final String EVENTS = UNTOUCHED.formatted(
            "concat_ws(' ', user_id, action, reason_code, credits_before, credits_after)",
            "credit_rollover_events",
            "user_id");
    private static final String SKIPS = UNTOUCHED.formatted(
            "concat_ws(' ', user_id, reason_code)",
            "credit_rollover_skips join credit_rollover_runs r on r.id = run_id and mode = 'live'",
            "user_id");
    private static final String BALANCES = UNTOUCHED.formatted("concat_ws(' ', id, credits)", "users", "id");

    private final ChaosEnvironment world;
    private final long seed;

    DeletionRound(ChaosEnvironment world, long seed) {
        this.world = world;
        this.seed = seed;
    }

    /** Runs and undoes the month, half of the changes during the run and half of them after it. */
    void run(int changes) throws SQLException, IOException {
        String undisturbed = world.copy();
        String database = world.copy();
        List<String> before = strings(database, BALANCES);
        succeeds(undisturbed, "run", "--json");

        String said;
        try (UserChanges host = UserChanges.start(world.server(), database, seed)) {
            JarProcess.Ended ended = succeeds(database, "run", "--json");
            host.await(changes / 2);
            assertLikeUndisturbed(undisturbed, database);
            String execution = ended.json().path("executionId").asString();
            undo(database, execution);
            host.await(changes);
            said = host.toString();
        }
        assertThat(strings(database, BALANCES)).as("balances after the undo").isEqualTo(before);
        assertUndone(database);
        Rounds.say("deletions, seed %d: %s", seed, said);
        world.drop(undisturbed);
        world.drop(database);
    }

    private void assertLikeUndisturbed(String undisturbed, String database) throws SQLException {
        for (String query : List.of(EVENTS, SKIPS, BALANCES)) {
            assertThat(strings(database, query)).as(query).isEqualTo(strings(undisturbed, query));
        }
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
        }
    }

    private void assertUndone(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            assertThat(checker.strings("select status from credit_rollover_runs order by id"))
                    .containsExactly("UNDONE", "COMPLETED");
            assertThat(checker.strings("select reverses::text from credit_rollover_events where reverses is not null"
                            + " group by reverses having count(*) > 1"))
                    .as("reversed twice")
                    .isEmpty();
        }
        String deleted = strings(database, """
                select user_id::text from credit_rollover_events where user_id not in (select id from users)
                order by id limit 1
                """).get(0);
        assertThat(succeeds(database, "explain", deleted, "--json").out()).contains("creditsBefore");
    }

    /** Again as long as it says so: the host may lock a row in all of its rounds. */
    private void undo(String database, String execution) {
        String[] undo = {"undo", execution, "--reason", "a test", "--json"};
        for (int attempt = 1; attempt < MAX_UNDOS; attempt++) {
            if (world.run(database, SETTINGS, undo).exitCode() != ExitCode.RETRY.code()) {
                return;
            }
        }
        succeeds(database, undo);
    }

    private JarProcess.Ended succeeds(String database, String... arguments) {
        JarProcess.Ended ended = world.run(database, SETTINGS, arguments);
        assertThat(ended.exitCode())
                .as("%s, replay with -Dchaos.seed=%d: %s%s", arguments[0], seed, ended.out(), ended.err())
                .isZero();
        return ended;
    }

    private List<String> strings(String database, String query) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            return new Checker(connection).strings(query);
        }
    }
}
