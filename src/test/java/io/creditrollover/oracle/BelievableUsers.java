package io.creditrollover.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Random users, half of them ordinary ones. None is near enough to the end of its grace for a test's length to change the
 * verdict.
 */
public final class BelievableUsers {
    private BelievableUsers() {}

    /** Fills an empty host and analyses it. */
    public static void fill(Connection connection, long seed, OracleRules rules, int users) throws SQLException {
        Duration margin = rules.pendingGrace().minusMinutes(1);
        RandomHost host = RandomHost.with(seed, rules, OracleHost.clock(connection))
                .users(users)
                .believable(0.5)
                .clockMargin(margin)
                .build();
        host.insertPlansInto(connection);
        host.insertInto(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    update payments set created_at = created_at - interval '1 hour'
                    where payment_status = 'pending' and created_at between now() - interval '20 minutes' and now()
                    """);
            statement.execute("analyze");
        }
    }
}
