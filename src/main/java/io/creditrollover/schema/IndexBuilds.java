package io.creditrollover.schema;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import io.creditrollover.host.HostTables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Builds the indexes on {@code payments} while the host writes. Drops remains of a killed build first. Several
 * processes may run it: each waits for the others.
 */
final class IndexBuilds {
    private static final Logger log = LoggerFactory.getLogger(IndexBuilds.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MAX_PAUSES = 7_200;

    /** Deadlock, lock timeout, index just created by another process, cancelled. */
    private static final Set<String> TRY_AGAIN = Set.of("40P01", "55P03", "42P07", "57014");

    private final JdbcClient jdbc;
    private final HostTables host;
    private final IndexStatement statement;
    private final BooleanSupplier stop;

    IndexBuilds(IndexStatement statement, HostTables host, BooleanSupplier stop) {
        this.jdbc = statement.watch();
        this.host = host;
        this.statement = statement;
        this.stop = stop;
    }

    /** Also drops indexes of earlier versions. */
    void run() throws InterruptedException {
        String payments = Objects.requireNonNull(host.qualified("payments"));
        for (Map.Entry<String, String> index : PaymentIndexes.of(host).entrySet()) {
            if (PaymentIndexes.unfit(jdbc, host).contains(index.getKey())) {
                build(payments, index.getKey(), index.getValue());
            }
        }
        statement.drop(payments, PaymentIndexes.OBSOLETE);
    }

    private void build(String payments, String name, String definition) throws InterruptedException {
        log.info("Building index {} on payments. The host can write meanwhile.", name);
        if (host.isPartitioned("payments")) {
            for (Partition partition : partitions(payments)) {
                String own = name + "_" + partition.oid();
                until(partition.qualified(), own, () -> statement.create(partition.qualified(), own, definition));
            }
            // Fast: attaches the partitions' indexes.
            until(payments, name, () -> statement.createOverPartitions(payments, name, definition));
        } else {
            until(payments, name, () -> statement.create(payments, name, definition));
        }
    }

    private record Partition(long oid, String qualified) {}

    private List<Partition> partitions(String payments) {
        return jdbc.sql("""
                        select c.oid::bigint as oid, format('%I.%I', n.nspname, c.relname) as qualified
                        from pg_partition_tree(to_regclass(:payments::text)) t
                        join pg_class c on c.oid = t.relid and c.relkind = 'r'
                        join pg_namespace n on n.oid = c.relnamespace
                        where t.isleaf
                        """).param("payments", payments).query(Partition.class).list();
    }

    private interface Build {
        void run() throws InterruptedException;
    }

    /** Retries until the index is valid. */
    private void until(String table, String name, Build build) throws InterruptedException {
        boolean told = false;
        for (int pauses = 0; !isValid(table, name); pauses++) {
            requireGoOn(name, pauses);
            if (isBuiltElsewhere(table)) {
                if (!told) {
                    log.info("Another process is building an index on {}. Waiting for it.", table);
                    told = true;
                }
                Thread.sleep(PAUSE.toMillis());
                continue;
            }
            try {
                statement.drop(table, name);
                build.run();
            } catch (DataAccessException failed) {
                requireTryAgain(failed, table, name);
                Thread.sleep(PAUSE.toMillis() + Math.floorMod(statement.process(), 7) * PAUSE.toMillis());
            }
        }
    }

    private void requireTryAgain(DataAccessException failed, String table, String name) {
        String state = Causes.root(failed) instanceof SQLException sql ? sql.getSQLState() : null;
        if (stop.getAsBoolean()) {
            statement.dropQuietly(table, name);
            throw stopped(name);
        }
        if (state == null || !TRY_AGAIN.contains(state)) {
            statement.dropQuietly(table, name);
            throw failed;
        }
        log.info("Retrying to build index {}: {}", name, Causes.sentence(Masked.firstLine(Causes.root(failed))));
    }

    private void requireGoOn(String name, int pauses) {
        if (stop.getAsBoolean() || pauses > MAX_PAUSES) {
            throw stopped(name);
        }
    }

    private static ExitException stopped(String name) {
        return new ExitException(
                ExitCode.RETRY,
                "Stopped while the index " + name
                        + " on payments was being built. The tables of this system are up to date,"
                        + " but this index is missing. Run migrate again.");
    }

    private boolean isValid(String table, String name) {
        return jdbc.sql("""
                        select exists (select from pg_index i join pg_class c on c.oid = i.indexrelid
                                       where i.indrelid = to_regclass(:table::text) and c.relname::text = :name::text
                                         and i.indisvalid and i.indisready)
                        """)
                .param("table", table)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    private boolean isBuiltElsewhere(String table) {
        return jdbc.sql("""
                        select exists (select from pg_stat_progress_create_index
                                       where relid = to_regclass(:table::text) and pid <> :self::int)
                        """)
                .param("table", table)
                .param("self", statement.process())
                .query(Boolean.class)
                .single();
    }
}
