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
 * Whether {@code currentSchema} in the URL came through. A pooler told to ignore it would put a second set of this program's
 * tables into another schema, and read another one's payments.
 */
@Component
class SearchPathCheck {
    private final JdbcConnectionDetails connection;
    private final JdbcClient jdbc;

    SearchPathCheck(JdbcConnectionDetails connection, JdbcClient jdbc) {
        this.connection = connection;
        this.jdbc = jdbc;
    }

    /** @throws ExitException 78 with what to set instead; reads only, and nothing at all without {@code currentSchema} */
    void require() {
        Properties url = Driver.parseURL(connection.getJdbcUrl(), new Properties());
        @Nullable String asked = url == null ? null : PGProperty.CURRENT_SCHEMA.getOrDefault(url);
        if (asked != null && !cameThrough(asked)) {
            String role = jdbc.sql("select quote_ident(current_user)")
                    .query(String.class)
                    .single();
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "The connection does not have the currentSchema of SPRING_DATASOURCE_URL (" + asked
                            + "): a pooler ignores it. Leave it out there, and set the role's own: ALTER ROLE " + role
                            + " SET search_path = " + asked + ";");
        }
    }

    /** As the session began, or as a pooler set it since; whatever a transaction sets for itself. */
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
