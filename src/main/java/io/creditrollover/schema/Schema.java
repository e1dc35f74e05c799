package io.creditrollover.schema;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.HostCheck;
import io.creditrollover.host.HostTables;
import io.creditrollover.host.SearchPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks and migrates the product's tables. Thread-safe. */
@Component
public class Schema {
    /** From 9 on. A test keeps the list complete. */
    static final Set<String> VERSIONS = Set.of("9", "10", "11", "12", "13", "14", "15", "16", "17");

    static final String INDEX = "index ";
    private static final String HISTORY = "credit_rollover_schema_history";

    private final JdbcClient jdbc;
    private final HostCheck host;
    private final SearchPath path;
    private final Migrator migrator;

    Schema(JdbcClient jdbc, HostCheck host, SearchPath path, Migrator migrator) {
        this.jdbc = jdbc;
        this.host = host;
        this.path = path;
        this.migrator = migrator;
    }

    /**
     * Returns the missing items as text. Reads only.
     *
     * @throws ExitException 78 if the migration history is unreadable, or another schema has tables for the same users
     */
    public List<String> pending() {
        HostTables tables = host.tables();
        OtherInstallation.refuse(jdbc, path.product(), tables);
        List<String> missing = new ArrayList<>();
        List<String> applied = appliedVersions();
        MigrationPath.of(applied).versions().stream()
                .filter(version -> !applied.contains(version))
                .sorted(Comparator.comparing(MigrationVersion::fromVersion))
                .forEach(version -> missing.add("version " + version));
        PaymentIndexes.unfit(jdbc, tables).forEach(index -> missing.add(INDEX + index));
        return missing;
    }

    /** Returns whether the lease table exists. Reads only. */
    public boolean exists() {
        return isThere("credit_rollover_leases");
    }

    /** Rejects (78) outdated tables, naming {@code migrate}. */
    public void requireCurrent() {
        List<String> missing = pending();
        if (!missing.isEmpty()) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "This system's tables are not up to date (missing: " + String.join(", ", missing)
                            + "). Run the command migrate first.");
        }
    }

    /**
     * Applies pending migrations and builds missing indexes. Needs the rights to create tables and to index the host's
     * {@code payments}. Uses {@code spring.flyway.url} if set.
     *
     * @param stop may become true at any time
     * @return the items missing before, and notes
     * @throws ExitException 78 if a migration fails or a right is missing; 75 for a lock of the host, a transient
     *     database error, or a stop
     */
    public Migration migrate(BooleanSupplier stop) throws InterruptedException {
        List<String> missing = pending();
        if (missing.isEmpty()) {
            return new Migration(missing, List.of());
        }
        String product = path.product();
        if (product == null) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "The search_path of the role has no existing schema to create tables in. Name a schema"
                            + " in rollover.schema (ROLLOVER_SCHEMA).");
        }
        return new Migration(
                missing, migrator.migrate(product, MigrationPath.of(appliedVersions()), missing, host.tables(), stop));
    }

    private void requireReadableHistory() {
        jdbc.sql("""
                        select format('The role %s may not SELECT credit_rollover_schema_history. Grant it: GRANT SELECT ON '
                                      'credit_rollover_schema_history TO %I; (db/grants has all of them).',
                                      current_user, current_user)
                        where not has_table_privilege('credit_rollover_schema_history', 'SELECT')
                        """).query(String.class).optional().ifPresent(sentence -> {
            throw new ExitException(ExitCode.CONFIGURATION, sentence);
        });
    }

    private List<String> appliedVersions() {
        if (!isThere(HISTORY)) {
            return List.of();
        }
        requireReadableHistory();
        return jdbc.sql("select version::text from " + HISTORY + " where success and version is not null")
                .query(String.class)
                .list();
    }

    private boolean isThere(String table) {
        return jdbc.sql("select to_regclass(:table::text) is not null")
                .param("table", table)
                .query(Boolean.class)
                .single();
    }
}
