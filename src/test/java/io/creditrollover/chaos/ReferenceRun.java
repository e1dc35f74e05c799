package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A run that nothing disturbs, on connections of its own whatever the world has before its server.
 *
 * @param trace what it leaves behind; see {@link Checker#trace}
 * @param commits how many it takes
 * @param millis how long its process lives
 */
record ReferenceRun(List<String> trace, int commits, long millis) {
    /** Nothing is taken over from it, so a busy machine may take its time. */
    private static final Map<String, String> IN_PEACE = Map.of("ROLLOVER_LEASE_DURATION", "PT60S");

    static ReferenceRun of(ChaosEnvironment world) throws SQLException, IOException {
        String database = world.copy();
        long started = System.nanoTime();
        int commits;
        try (TcpProxy way = TcpProxy.to(world.server().port())) {
            way.set(new TcpProxy.Trap("COMMIT", -1, false, () -> TcpProxy.Then.FORWARD));
            try (JarProcess process = world.start(way, database, IN_PEACE, "run", "--json")) {
                JarProcess.Ended ended = process.await(ChaosEnvironment.PATIENCE);
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                assertThat(ended.json().path("status").asString()).isEqualTo("COMPLETED");
            }
            commits = way.seen();
        }
        long millis = (System.nanoTime() - started) / 1_000_000;
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
            checker.equals(world.verdicts());
            return new ReferenceRun(checker.trace(), commits, millis);
        } finally {
            world.discard(database);
        }
    }
}
