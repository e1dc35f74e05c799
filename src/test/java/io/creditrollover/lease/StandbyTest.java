package io.creditrollover.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.cli.Cli;
import io.creditrollover.exit.ExitCode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** A standby answers before it is promoted. */
class StandbyTest {
    @TempDir
    private Path directory;

    @Test
    void aRunOnAStandbySaysThatItIsReadOnlyAndIsToBeTriedAgain() throws Exception {
        try (EmbeddedPostgres primary = start();
                Connection connection = primary.getPostgresDatabase().getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/host/host-tables.sql"));
            Cli.Result migrated = on(primary).run("migrate");
            assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        }
        Files.createFile(directory.resolve("data/standby.signal"));
        try (EmbeddedPostgres standby = start()) {
            for (String command : new String[] {"run", "migrate"}) {
                Cli.Result result = on(standby).run(command);

                assertThat(result.exitCode())
                        .as("%s: %s", command, result.err())
                        .isEqualTo(ExitCode.RETRY.code());
                assertThat(result.err()).contains("The database is read-only, for example a standby.");
            }
        }
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static Cli on(EmbeddedPostgres server) {
        return Cli.with(
                "spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"),
                "spring.datasource.username=postgres");
    }
}
