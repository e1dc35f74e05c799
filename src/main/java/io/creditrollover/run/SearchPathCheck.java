package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Checks {@code currentSchema} of the URL. If a pooler ignores it, the product would create tables in another schema,
 * and read other payments.
 */
@Component
class SearchPathCheck {
    private final JdbcConnectionDetails connection;
    private final JdbcClient jdbc;

    SearchPathCheck(JdbcConnectionDetails connection, JdbcClient jdbc) {
        this.connection = connection;
        this.jdbc = jdbc;
    }

    /** Rejects (78) a pooler that ignores {@code currentSchema}, and names the setting to use instead. */
    void require() {
        Properties url = Driver.parseURL(connection.getJdbcUrl(), new Properties());
        @Nullable String asked = url == null ? null : PGProperty.CURRENT_SCHEMA.getOrDefault(url);
        if (asked != null && !cameThrough(asked)) {
            String role = jdbc.sql("select quote_ident(current_user)")
                    .query(String.class)
                    .single();
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "A connection pooler ignores the currentSchema of SPRING_DATASOURCE_URL (" + asked
                            + "). Remove it there, and set it for the role: ALTER ROLE " + role
                            + " SET search_path = " + asked + ";");
        }
    }

    /** Accepts the session's initial value or a pooler's later one; a transaction's own setting does not matter. */
    private boolean cameThrough(String asked) {
        return jdbc.sql("select setting, reset_val from pg_settings where name = 'search_path'")
                .query((rs, row) -> normal(asked).equals(normal(rs.getString("setting")))
                        || normal(asked).equals(normal(rs.getString("reset_val"))))
                .single();
    }

    private static String normal(@Nullable String searchPath) {
        return searchPath == null ? "" : searchPath.replaceAll("[\\s\"]", "");
    }
}
