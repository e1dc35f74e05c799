package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A database with the roles of {@code db/grants}, made in the order in which an operator makes them. */
public final class GrantedDatabase {
    public static final String MIGRATE = "credit_rollover_migrate";
    public static final String BATCH = "credit_rollover_batch";
    public static final String READ = "credit_rollover_read";
    public static final String SERVE = "credit_rollover_serve";
    public static final String DAILY = "credit_rollover_daily";

    private static final TestDatabase MADE = migrated();

    private GrantedDatabase() {}

    /** Nobody in it; to be copied by who changes something, and nobody may stay connected to it. */
    public static TestDatabase made() {
        return MADE;
    }

    /** The host's tables belong to an ordinary role, as they do in production; nothing is migrated yet. */
    public static TestDatabase fresh() {
        return TestDatabase.fresh()
                .execute(
                        "do $$ begin if to_regrole('saas') is null then create role saas; end if; end $$",
                        "alter table users owner to saas",
                        "alter table payments owner to saas",
                        "alter table payment_plans owner to saas",
                        script("1-migrate-role.sql"));
    }

    private static TestDatabase migrated() {
        TestDatabase database = fresh();
        Cli.Result migrated = as(MIGRATE, database).run("migrate");
        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        return granted(database);
    }

    /** The grants that an operator repeats after each upgrade. */
    static TestDatabase granted(TestDatabase migrated) {
        return migrated.execute(
                script("2-batch-role.sql"),
                script("3-read-role.sql"),
                script("4-serve-role.sql"),
                script("5-daily-role.sql"));
    }

    private static String script(String name) {
        try {
            return Files.readString(Path.of("db", "grants", name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static Cli as(String role, TestDatabase database) {
        return Cli.with("spring.datasource.url=" + database.url(), "spring.datasource.username=" + role);
    }
}
