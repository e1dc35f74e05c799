package io.creditrollover.schema;

import io.creditrollover.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** A database as a 0.x build of some version left it: made by the scripts of then, with rows in the tables of then. */
final class OldInstallation {
    private final TestDatabase database = GrantedDatabase.fresh();
    private final int version;

    private OldInstallation(int version) {
        this.version = version;
    }

    static TestDatabase of(int version) throws SQLException {
        OldInstallation installation = new OldInstallation(version);
        installation.migrate();
        installation.fill();
        return installation.database;
    }

    /** With the rows of an installation of today, whose columns must all be there. */
    static TestDatabase of(int version, TestDatabase rows) throws SQLException {
        OldInstallation installation = new OldInstallation(version);
        installation.migrate();
        new CopiedRows(rows, installation.database).copy();
        return installation.database;
    }

    /** One of {@code db/migration} at an earlier version, with the rows of an installation of today. */
    static TestDatabase ofLine1(int version, TestDatabase rows) throws SQLException {
        OldInstallation installation = new OldInstallation(version);
        installation.flyway("classpath:db/migration").load().migrate();
        new CopiedRows(rows, installation.database).copy();
        return installation.database;
    }

    private PGSimpleDataSource migrateRole() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(GrantedDatabase.MIGRATE);
        return source;
    }

    private FluentConfiguration flyway(String location) {
        return Flyway.configure()
                .dataSource(migrateRole())
                .table("credit_rollover_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations(location)
                .target(String.valueOf(version));
    }

    /** Early builds had another first script, with a key to users, and Spring Batch's own names for its tables. */
    private void migrate() throws SQLException {
        flyway("classpath:db/upgrade")
                .javaMigrations(new V2__spring_batch_tables())
                .load()
                .migrate();
        database.execute("update credit_rollover_schema_history set checksum = 1 where version = '1'");
        if (version < 7) {
            database.execute("alter table credit_rollover_events add foreign key (user_id) references users (id)");
        }
        if (version >= 2) {
            try (Connection connection = migrateRole().getConnection()) {
                ScriptUtils.executeSqlScript(
                        connection, new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"));
            }
        }
    }

    private void fill() {
        database.execute("insert into users (phone_number, name, credits) values ('+919800000001', 'A', 0)");
        database.execute(
                """
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by,
                                                  users_processed, users_expired, credits_before, credits_expired)
                values ('2026-10-01', 'live', 'COMPLETED', '2026-09-30T18:30Z', 'Asia/Kolkata', '{"plans": []}', 'cron',
                        1, 1, 25, 25)
                """,
                """
                insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before, credits_after,
                                                    action, reason, run_id, reason_code)
                select id, phone_number, '2026-10-01', 25, 0, 'expiry', 'no payment', 1, 'NO_PAYMENT' from users
                """,
                """
                insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before, credits_after,
                                                    action, reason, run_id, reason_code, reverses)
                select user_id, phone_number, rollover_date, 0, 25, 'reversal', 'a test', 1, 'UNDONE', id
                from credit_rollover_events
                """,
                "insert into credit_rollover_skips values (1, 2, 'ROW_BUSY', 'busy')",
                """
                insert into credit_rollover_waits values (1, 3, now())
                """,
                "insert into credit_rollover_tallies values (1, 'sweep', 0, 1, 1, 25, 0, 25)",
                """
                insert into credit_rollover_dry_run_decisions
                values (1, 1, '1', 25, 0, 'expiry', null, 'no payment', 'NO_PAYMENT', null, null, 0)
                """,
                "update credit_rollover_tokens set token = 41");
        fillFrom(2, "update credit_rollover_runs set job_instance_id = 7");
        fillFrom(
                2,
                "insert into batch_job_instance values (7, 0, 'creditRolloverJob', 'key'), (8, 0, 'hostsJob', 'key')");
        fillFrom(
                2,
                "insert into batch_job_execution (job_execution_id, job_instance_id, create_time) values (9, 7, now())");
        fillFrom(3, """
                insert into credit_rollover_outbox (run_id, outcome, recipient, message_id) values (1, 'OK', 'a@b.c', 'm')
                """);
        fillFrom(5, """
                insert into credit_rollover_audit (who, address, action, target, reason, result)
                values ('ops', '::1', 'undo', '9', 'a test', 'refused'),
                       ('ops', '::1', 'stop', 'execution 9', null, 'stopped'),
                       ('ops', '::1', 'stop', 'execution 8', null, 'refused: it had ended')
                """);
        fillFrom(6, """
                insert into credit_rollover_channel_message (message_id, group_key, created_date, region)
                values ('m', 'g', 1, 'r')
                """);
        fillFrom(7, "insert into credit_rollover_slices values (1, 0, 10000, 1, 1)");
        fillFrom(8, "insert into credit_rollover_known_addresses (account, address) values ('ops', '::1')");
        fillFrom(9, """
                insert into credit_rollover_batch_job_instance select 7, 0, 'creditRolloverJob', 'key'
                """);
        fillFrom(9, """
                insert into credit_rollover_batch_job_execution (job_execution_id, job_instance_id, create_time)
                values (9, 7, now())
                """);
    }

    private void fillFrom(int since, String statement) {
        if (version >= since) {
            database.execute(statement);
        }
    }
}
