package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** JDBC URLs in the words of PostgreSQL's own programs. */
class DirectConnectionTest {
    @Test
    void hostPortAndDatabaseComeFromTheUrlAndTheUserIsTheOneOfTheRuns() {
        assertThat(login("jdbc:postgresql://db.example:5433/shop%20one", null).orElseThrow())
                .satisfies(login -> assertThat(login.environment())
                        .containsAllEntriesOf(Map.of(
                                "PGHOST",
                                "db.example",
                                "PGPORT",
                                "5433",
                                "PGDATABASE",
                                "shop one",
                                "PGUSER",
                                "runner")))
                .satisfies(login -> assertThat(login.password()).isEqualTo("secret"));
    }

    @Test
    void theUrlForMigrationsGoesFirst() {
        assertThat(environment("jdbc:postgresql://pooler:6432/shop", "jdbc:postgresql://direct/shop"))
                .containsEntry("PGHOST", "direct")
                .containsEntry("PGPORT", "5432")
                .containsEntry("PGUSER", "runner");
    }

    @Test
    void severalHostsAreAllGivenAndTheOneThatIsWrittenToIsTaken() {
        assertThat(environment("jdbc:postgresql://one:5432,two:5433/shop", null))
                .containsEntry("PGHOST", "one,two")
                .containsEntry("PGPORT", "5432,5433")
                .containsEntry("PGTARGETSESSIONATTRS", "read-write");
    }

    @Test
    void encryptionIsAskedForAsTheUrlAsks() {
        assertThat(environment("jdbc:postgresql://db/shop?ssl=true", null)).containsEntry("PGSSLMODE", "verify-full");
        assertThat(environment("jdbc:postgresql://db/shop?sslmode=require&sslrootcert=/etc/ca.pem", null))
                .containsEntry("PGSSLMODE", "require")
                .containsEntry("PGSSLROOTCERT", "/etc/ca.pem");
        assertThat(environment("jdbc:postgresql://db/shop", null)).doesNotContainKey("PGSSLMODE");
    }

    @Test
    void whatOnlyJavaCanReadIsNotTried() {
        assertThat(login("jdbc:postgresql://db/shop?sslkey=/etc/key.pk8", null)).isEmpty();
        assertThat(login("jdbc:postgresql://db/shop?sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory", null))
                .isEmpty();
        assertThat(login("jdbc:aws-wrapper:postgresql://db/shop", null)).isEmpty();
        assertThat(login("jdbc:postgresql://db/shop?sslkey=/etc/key.pem", null)).isPresent();
    }

    @Test
    void thePasswordIsNeitherAmongTheVariablesNorInWords() {
        DirectConnection.Login login =
                login("jdbc:postgresql://db/shop?password=inTheUrl", null).orElseThrow();

        assertThat(login.password()).isEqualTo("inTheUrl");
        assertThat(login.environment().values()).noneMatch(value -> value.contains("inTheUrl"));
        assertThat(login.toString()).doesNotContain("inTheUrl");
    }

    private static Map<String, String> environment(String url, @Nullable String migrationUrl) {
        return login(url, migrationUrl).orElseThrow().environment();
    }

    private static Optional<DirectConnection.Login> login(String url, @Nullable String migrationUrl) {
        return new DirectConnection(migrations(migrationUrl), runs(url)).login();
    }

    private static JdbcConnectionDetails runs(String url) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return "runner";
            }

            @Override
            public String getPassword() {
                return "secret";
            }

            @Override
            public String getJdbcUrl() {
                return url;
            }
        };
    }

    private static FlywayConnectionDetails migrations(@Nullable String url) {
        return new FlywayConnectionDetails() {
            @Override
            public @Nullable String getUsername() {
                return "migrator";
            }

            @Override
            public @Nullable String getPassword() {
                return "of the migrator";
            }

            @Override
            public @Nullable String getJdbcUrl() {
                return url;
            }
        };
    }
}
