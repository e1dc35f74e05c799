package io.creditrollover.schema;

import io.creditrollover.exit.DatabaseFault;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Brings this system's tables up to date, and says whether they are. Safe for use by several threads. */
@Component
public class Schema {
    /** The versions under {@code db/migration} and beside this class; a test keeps the list complete. */
    static final Set<String> VERSIONS = Set.of("1", "2", "3", "5", "6", "8");

    private static final Duration INDEX_BOUND = Duration.ofHours(6);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INDEX = "index ";
    private static final String HISTORY = "credit_rollover_schema_history";

    private final JdbcClient jdbc;
    private final Flyway flyway;

    Schema(JdbcClient jdbc, Flyway flyway) {
        this.jdbc = jdbc;
        this.flyway = flyway;
    }

    /**
     * Returns what is missing, in words; empty when everything is up to date. Reads only.
     *
     * @throws ExitException 78 where the host's tables are absent, or the role may not see what was migrated
     */
    public List<String> pending() {
        requireHostTables();
        List<String> missing = new ArrayList<>();
        List<String> applied = appliedVersions();
        VERSIONS.stream()
                .filter(version -> !applied.contains(version))
                .sorted()
                .forEach(version -> missing.add("version " + version));
        PaymentIndexes.unfit(jdbc).forEach(index -> missing.add(INDEX + index));
        return missing;
    }

    /** Returns whether any of it is there, so that there can be a lease to hold. Reads only. */
    public boolean exists() {
        return isThere("credit_rollover_leases");
    }

    /**
     * Refuses to go on with tables that are not up to date.
     *
     * @throws ExitException 78, naming {@code migrate}
     */
    public void requireCurrent() {
        List<String> missing = pending();
        if (!missing.isEmpty()) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "This system's tables are not up to date (missing: " + String.join(", ", missing)
                            + "); run the command migrate first.");
        }
    }

    /**
     * Applies what is pending and builds what indexes are missing. Needs the rights to create tables and to index the
     * host's {@code payments}, over the connection of {@code spring.flyway.url} where that is set.
     *
     * @return what was missing before
     * @throws ExitException 78 where the host's tables are absent, a migration fails, or the role may not do it; 75
     *     where the host does not let go of a table
     */
    public List<String> migrate() {
        List<String> missing = pending();
        if (missing.isEmpty()) {
            return missing;
        }
        try {
            requireRights(missing.stream().anyMatch(what -> what.startsWith(INDEX)));
            flyway.migrate();
            buildIndexes();
        } catch (FlywayException | org.springframework.dao.DataAccessException failed) {
            throw unmigrated(failed);
        }
        return missing;
    }

    /** Asked first, since Flyway tries for most of a minute to create its table where it may not. */
    private void requireRights(boolean forIndexes) {
        JdbcClient direct = JdbcClient.create(flyway.getConfiguration().getDataSource());
        String refusal = """
                select format('The role %s may not migrate: %s. The role to migrate with is made by '
                              'db/grants/1-migrate-role.sql; run migrate again as that one.', current_user, string_agg(lack, ' and '))
                from (select 'permission denied for schema ' || current_schema()
                      where not has_schema_privilege(current_schema(), 'CREATE')
                      union all
                      select 'it must be owner of table payments' from pg_class
                      where oid = 'payments'::regclass and :forIndexes and not pg_has_role(relowner, 'USAGE')) l (lack)
                having count(*) > 0
                """;
        refuse(direct.sql(refusal).param("forIndexes", forIndexes));
    }

    private static ExitException unmigrated(Exception failed) {
        if (Sentences.rootCauseOf(failed) instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
            return new ExitException(
                    ExitCode.RETRY,
                    "Migrating was given up, since a transaction of the host holds a table for longer than two seconds"
                            + " and others would have queued behind; nothing was touched. Run it again.",
                    failed);
        }
        Optional<String> fault = DatabaseFault.in(failed);
        if (fault.isPresent()) {
            return new ExitException(
                    ExitCode.RETRY,
                    "Migrating broke off; nothing of the host's data was touched. " + fault.get()
                            + " Then run it again.",
                    failed);
        }
        return new ExitException(
                ExitCode.CONFIGURATION,
                "Migrating failed: " + Sentences.rootOf(failed)
                        + (lacksARight(failed)
                                ? " The role to migrate with is made by db/grants/1-migrate-role.sql."
                                : "")
                        + " Nothing of the host's data was touched; mend it and run migrate again.",
                failed);
    }

    private static boolean lacksARight(Exception failed) {
        return Sentences.rootCauseOf(failed) instanceof SQLException sql
                && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState());
    }

    /** On a connection of its own: building one takes as long as the table is large, and no answer comes before the end. */
    private void buildIndexes() {
        try (Connection direct = flyway.getConfiguration().getDataSource().getConnection()) {
            direct.setNetworkTimeout(Runnable::run, (int) INDEX_BOUND.toMillis());
            PaymentIndexes.build(JdbcClient.create(new SingleConnectionDataSource(direct, true)));
        } catch (SQLException unreachable) {
            throw new CannotGetJdbcConnectionException("no connection to build indexes on", unreachable);
        }
    }

    private void requireHostTables() {
        for (String table : List.of("users", "payments", "payment_plans")) {
            if (!isThere(table)) {
                requireSchemas();
                throw new ExitException(
                        ExitCode.CONFIGURATION,
                        "The table " + table + " is not in this database (schema " + currentSchema()
                                + "); point SPRING_DATASOURCE_URL at the database of the application.");
            }
        }
    }

    /** What a role may not look into is not there for it. */
    private void requireSchemas() {
        refuse(jdbc.sql("""
                select format('The role %s may not use the schema %s; grant it: GRANT USAGE ON SCHEMA %I TO %I;',
                              current_user, nspname, nspname, current_user)
                from pg_namespace
                where nspname = any (regexp_split_to_array(replace(current_setting('search_path'), '"', ''), ', *'))
                  and not has_schema_privilege(oid, 'USAGE')
                """));
    }

    private void requireReadableHistory() {
        refuse(jdbc.sql("""
                select format('The role %s may not SELECT credit_rollover_schema_history; grant it: GRANT SELECT ON '
                              'credit_rollover_schema_history TO %I; (db/grants has all of them).',
                              current_user, current_user)
                where not has_table_privilege('credit_rollover_schema_history', 'SELECT')
                """));
    }

    private static void refuse(JdbcClient.StatementSpec query) {
        query.query(String.class).list().stream().findFirst().ifPresent(sentence -> {
            throw new ExitException(ExitCode.CONFIGURATION, sentence);
        });
    }

    private String currentSchema() {
        return jdbc.sql("select coalesce(current_schema(), 'none')")
                .query(String.class)
                .single();
    }

    private List<String> appliedVersions() {
        if (!isThere(HISTORY)) {
            return List.of();
        }
        requireReadableHistory();
        return jdbc.sql("select version from " + HISTORY + " where success and version is not null")
                .query(String.class)
                .list();
    }

    private boolean isThere(String table) {
        return jdbc.sql("select to_regclass(:table) is not null")
                .param("table", table)
                .query(Boolean.class)
                .single();
    }
}
