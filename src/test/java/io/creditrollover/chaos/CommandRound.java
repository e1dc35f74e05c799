package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every command, one after the other, on a database of its own; what they answer can be compared with another round's. */
final class CommandRound implements AutoCloseable {
    private final ChaosEnvironment world;
    private final String database;
    private final Map<String, String> settings;
    private final TcpProxy way;
    private final List<String> answers = new ArrayList<>();

    /** Commands go to {@code port}, which is the server's or a pooler's. */
    CommandRound(ChaosEnvironment world, String database, int port, int threads) throws IOException {
        this.world = world;
        this.database = database;
        this.way = TcpProxy.to(port);
        // A lease that is long enough for a busy machine: nobody but a kill may end an attempt, else the answers
        // differ.
        this.settings = Map.of("ROLLOVER_LEASE_DURATION", "PT10S", "ROLLOVER_THREADS", String.valueOf(threads));
    }

    /** From the host's tables to a run that was killed, restarted, told about, undone and done again. */
    List<String> lifeOfARun(ReferenceRun twin, int chunk) throws SQLException {
        say("migrate");
        world.watch(database);
        say("status");
        say("forecast");
        List<String> balances = strings("select id || ' holds ' || credits from users order by id");
        killed(chunk);
        String execution = one("select max(job_execution_id)::text from credit_rollover_batch_job_execution");
        say("restart", execution);
        endsLike(twin);
        say("status");
        say("status", execution);
        say("report", execution);
        String user = one("select min(user_id)::text from credit_rollover_events where action = 'expiry'");
        say("explain", user);
        say("undo", execution, "--reason", "a test", "--dry-run");
        say("undo", execution, "--reason", "a test", "--user", user);
        say("undo", execution, "--reason", "a test");
        assertThat(strings("select id || ' holds ' || credits from users order by id"))
                .isEqualTo(balances);
        say("explain", user);
        say("run", "--approve", "a test");
        say("status");
        return answers;
    }

    /** A dry run, read, and carried out as planned. */
    List<String> planned() throws SQLException {
        say("run", "--dry-run");
        String execution = one("select max(job_execution_id)::text from credit_rollover_batch_job_execution");
        say("report", execution);
        say("run", "--plan", execution);
        say("run");
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.equals(world.verdicts());
        }
        return answers;
    }

    private void endsLike(ReferenceRun twin) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
            checker.equals(world.verdicts());
            assertThat(checker.trace()).as("equal to the undisturbed twin").isEqualTo(twin.trace());
        }
    }

    private void killed(int chunk) {
        try (JarProcess process = world.start(way, database, settings, "run", "--json")) {
            way.set(new TcpProxy.Trap("insert into credit_rollover_tallies", chunk, true, () -> {
                process.kill();
                return TcpProxy.Then.CUT;
            }));
            JarProcess.Ended ended = process.await(ChaosEnvironment.PATIENCE);
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(JarProcess.KILLED);
        } finally {
            way.set(null);
        }
    }

    /** Each must succeed. When something happened is all that may differ. */
    private void say(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("--json");
        try (JarProcess process = world.start(way, database, settings, all.toArray(String[]::new))) {
            JarProcess.Ended ended = process.await(ChaosEnvironment.PATIENCE);
            assertThat(ended.exitCode())
                    .as("%s: %s %s", all, ended.out(), ended.err())
                    .isZero();
            answers.add(String.join(" ", command) + ": "
                    + ended.json().toString().replaceAll("\"(\\w+At|asOf)\":\"[^\"]*\"", "\"$1\":\"then\""));
        }
    }

    private String one(String query) throws SQLException {
        return strings(query).get(0);
    }

    private List<String> strings(String query) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            return new Checker(connection).strings(query);
        }
    }

    /** Returns how many connections a command had at once, at the most. */
    int connections() {
        return way.most();
    }

    @Override
    public void close() throws IOException {
        way.close();
    }
}
