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
 * The login of PostgreSQL's own programs: by {@code spring.flyway.url}, direct beside a pooler, else by
 * {@code spring.datasource.url}; always as the user of runs.
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
     * @param environment for libpq, without the password
     * @param password null if none is needed, or if the user's password file has it
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

    /** Empty for a URL only usable by Java. */
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
        // A standby may lag behind.
        environment.put("PGTARGETSESSIONATTRS", "read-write");
        return new Login(environment, first(PGProperty.PASSWORD.getOrDefault(said), runs.getPassword()));
    }

    /** Options unsupported by libpq. */
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
