package io.creditrollover.backup;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * How PostgreSQL's own programs reach the database: by {@code spring.flyway.url}, which names a direct connection where a
 * pooler stands before the other, else by {@code spring.datasource.url}; always as the user that runs work as.
 */
@Component
class DirectConnection {
    private final FlywayConnectionDetails migrations;
    private final JdbcConnectionDetails runs;

    DirectConnection(FlywayConnectionDetails migrations, JdbcConnectionDetails runs) {
        this.migrations = migrations;
        this.runs = runs;
    }

    /**
     * What a connection needs.
     *
     * @param environment the variables that libpq reads; no password among them
     * @param password null where none is needed, or the user's own password file has it
     */
    record Login(Map<String, String> environment, @Nullable String password) {
        /** Hides the password. */
        @Override
        public String toString() {
            return "Login" + environment;
        }
    }

    boolean isNamedApart() {
        return migrations.getJdbcUrl() != null;
    }

    /** Returns the login; empty for a URL that only Java can follow. */
    Optional<Login> login() {
        String url = migrations.getJdbcUrl() == null ? runs.getJdbcUrl() : migrations.getJdbcUrl();
        Properties said = Driver.parseURL(url, new Properties());
        return said == null || needsJava(said) ? Optional.empty() : Optional.of(login(said));
    }

    private Login login(Properties said) {
        Map<String, String> environment = new LinkedHashMap<>();
        put(environment, "PGHOST", PGProperty.PG_HOST.getOrDefault(said));
        put(environment, "PGPORT", PGProperty.PG_PORT.getOrDefault(said));
        put(environment, "PGUSER", first(PGProperty.USER.getOrDefault(said), runs.getUsername()));
        put(environment, "PGDATABASE", PGProperty.PG_DBNAME.getOrDefault(said));
        put(environment, "PGSSLMODE", sslMode(said));
        put(environment, "PGSSLROOTCERT", PGProperty.SSL_ROOT_CERT.getOrDefault(said));
        put(environment, "PGSSLCERT", PGProperty.SSL_CERT.getOrDefault(said));
        put(environment, "PGSSLKEY", PGProperty.SSL_KEY.getOrDefault(said));
        put(environment, "PGOPTIONS", PGProperty.OPTIONS.getOrDefault(said));
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("PGAPPNAME", "credit-rollover");
        // Of several hosts the one that runs write to; a standby may lag behind.
        environment.put("PGTARGETSESSIONATTRS", "read-write");
        return new Login(environment, first(PGProperty.PASSWORD.getOrDefault(said), runs.getPassword()));
    }

    /** Trust stores, keys and sockets in forms that libpq does not read. */
    private static boolean needsJava(Properties said) {
        String key = PGProperty.SSL_KEY.getOrDefault(said);
        String lower = key == null ? "" : key.toLowerCase(Locale.ROOT);
        return PGProperty.SSL_FACTORY.isPresent(said)
                || PGProperty.SOCKET_FACTORY.isPresent(said)
                || lower.endsWith(".pk8")
                || lower.endsWith(".der")
                || lower.endsWith(".p12")
                || lower.endsWith(".pfx");
    }

    private static @Nullable String sslMode(Properties said) {
        String mode = PGProperty.SSL_MODE.getOrDefault(said);
        String ssl = PGProperty.SSL.getOrDefault(said);
        return mode == null && ssl != null && !ssl.equalsIgnoreCase("false") ? "verify-full" : mode;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null || one.isEmpty() ? other : one;
    }

    private static void put(Map<String, String> environment, String variable, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            environment.put(variable, value);
        }
    }
}
