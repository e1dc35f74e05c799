package io.creditrollover.schema;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import io.creditrollover.exit.TransientDatabaseErrors;
import io.creditrollover.host.HostTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Migrates by Flyway, then builds the indexes. */
@Component
class Migrator {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final Flyway flyway;

    Migrator(Flyway flyway) {
        this.flyway = flyway;
    }

    List<String> migrate(
            String product, MigrationPath path, List<String> missing, HostTables host, BooleanSupplier stop)
            throws InterruptedException {
        try {
            JdbcClient direct = JdbcClient.create(dataSource());
            requireRights(direct, product, host, missing.stream().anyMatch(what -> what.startsWith(Schema.INDEX)));
            if (missing.stream().anyMatch(what -> !what.startsWith(Schema.INDEX))) {
                apply(product, path);
            }
            OtherInstallation.mark(direct, product, host);
            buildIndexes(host, stop);
            return notes(direct, product);
        } catch (FlywayException | DataAccessException failed) {
            throw unmigrated(failed);
        }
    }

    private void apply(String product, MigrationPath path) {
        FluentConfiguration configuration = Flyway.configure()
                .configuration(flyway.getConfiguration())
                .dataSource(dataSource())
                .schemas(product)
                .defaultSchema(product);
        path.configure(configuration);
        configuration.load().migrate();
    }

    private DataSource dataSource() {
        return new DirectConnections(flyway.getConfiguration().getDataSource());
    }

    /** Checked first: without rights Flyway retries for most of a minute. */
    private static void requireRights(JdbcClient direct, String product, HostTables host, boolean forIndexes) {
        direct.sql("""
                        select format('The role %s may not migrate: %s. The role to migrate with is made by '
                                      'db/grants/1-migrate-role.sql; run migrate again as that one.', current_user,
                                      string_agg(lack, ' and '))
                        from (select format('permission denied for schema %s', nspname) from pg_namespace
                              where nspname::text = :product and not has_schema_privilege(oid, 'CREATE')
                              union all
                              select format('there is no schema %s, and it may not create one', :product::text)
                              where not exists (select from pg_namespace where nspname::text = :product)
                                and not has_database_privilege(current_database(), 'CREATE')
                              union all
                              select 'it must be owner of table payments' from pg_class
                              where oid = to_regclass(:payments::text) and relkind <> 'v' and :forIndexes
                                and not pg_has_role(relowner, 'USAGE')) l (lack)
                        having count(*) > 0
                        """)
                .param("product", product)
                .param("payments", host.qualified("payments"))
                .param("forIndexes", forIndexes)
                .query(String.class)
                .optional()
                .ifPresent(sentence -> {
                    throw new ExitException(ExitCode.CONFIGURATION, sentence);
                });
    }

    private void buildIndexes(HostTables host, BooleanSupplier stop) throws InterruptedException {
        if (PaymentIndexes.of(host).isEmpty()) {
            return;
        }
        try (IndexStatement statement =
                new IndexStatement(dataSource().getConnection(), dataSource().getConnection(), stop)) {
            new IndexBuilds(statement, host, stop).run();
        } catch (SQLException unreachable) {
            throw new CannotGetJdbcConnectionException("no connection to build indexes on", unreachable);
        }
    }

    private static List<String> notes(JdbcClient direct, String product) {
        List<String> notes = new ArrayList<>();
        direct.sql("""
                        select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.relname::text = 'batch_job_instance' and c.relkind in ('r', 'p', 'v')
                        order by n.nspname::text = :product::text desc limit 1
                        """)
                .param("product", product)
                .query(String.class)
                .optional()
                .ifPresent(table -> notes.add("Existing tables of Spring Batch (" + table
                        + " and others) are not changed. This system uses its own, credit_rollover_batch_job_instance"
                        + " and others."));
        return notes;
    }

    private static ExitException unmigrated(Exception failed) {
        if (Causes.isLockNotAvailable(failed)) {
            return new ExitException(
                    ExitCode.RETRY,
                    "Migration aborted: a transaction of the host locked a table for more than two seconds,"
                            + " and a longer wait would block other transactions. Nothing was changed. Run it again.",
                    failed);
        }
        if (failed instanceof FlywayValidateException) {
            return otherScripts(failed);
        }
        Optional<String> fault = TransientDatabaseErrors.in(failed);
        if (fault.isPresent()) {
            return new ExitException(
                    ExitCode.RETRY,
                    "Migration stopped. No data of the host was changed. " + fault.get() + " Then run it again.",
                    failed);
        }
        return new ExitException(
                ExitCode.CONFIGURATION,
                "Migration failed: " + Causes.sentence(Masked.firstLine(Causes.root(failed)))
                        + (lacksARight(failed)
                                ? " The role to migrate with is made by db/grants/1-migrate-role.sql."
                                : "")
                        + " No data of the host was changed. Fix this and run migrate again.",
                failed);
    }

    private static ExitException otherScripts(Exception failed) {
        String difference =
                String.valueOf(failed.getMessage()).lines().skip(1).findFirst().orElse("");
        return new ExitException(
                ExitCode.CONFIGURATION,
                "A migration of this program differs from the one that this database has: " + difference
                        + ". Nothing was changed. Migrate with the program that made the tables, or with a release after"
                        + " it.",
                failed);
    }

    private static boolean lacksARight(Exception failed) {
        return Causes.root(failed) instanceof SQLException sql && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState());
    }
}
