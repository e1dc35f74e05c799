package io.creditrollover.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Other clients of the server, who take every connection that it has, and each one that becomes free. */
final class Crowd implements AutoCloseable {
    private final ChaosServer server;
    private final List<Connection> connections = new ArrayList<>();

    private Crowd(ChaosServer server) {
        this.server = server;
    }

    /** Comes, and returns when the server takes nobody any more. */
    static Crowd at(ChaosServer server) {
        Crowd crowd = new Crowd(server);
        crowd.takeWhatIsFree();
        return crowd;
    }

    private synchronized void takeWhatIsFree() {
        for (int i = 0; i < 1_000; i++) {
            try {
                connections.add(server.connect("postgres"));
            } catch (SQLException refused) {
                if ("53300".equals(refused.getSQLState())) {
                    return;
                }
                throw new IllegalStateException(refused);
            }
        }
        throw new IllegalStateException("this server takes everybody");
    }

    /** Ends the program's sessions as an administrator would who looks for room, and takes their places. */
    void push() throws SQLException {
        // With one of its own, since there is no other to be had.
        try (var statement = connections.get(0).createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'process-%'");
        }
        for (int i = 0; i < 20; i++) {
            takeWhatIsFree();
            ChaosServer.pause(10);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
