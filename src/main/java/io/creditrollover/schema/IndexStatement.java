package io.creditrollover.schema;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.Masked;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;

/**
 * Runs index statements on one connection, watched from another. Logs blocking transactions; a stop cancels a build. A
 * build ignores the timeouts of role and database.
 */
final class IndexStatement implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexStatement.class);
    private static final Duration BOUND = Duration.ofHours(6);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String PATIENT = "set statement_timeout = 0; set lock_timeout = 0";
    private static final String HASTY = "set statement_timeout = '8s'; set lock_timeout = '2s'";

    private final Connection building;
    private final Connection watching;
    private final JdbcClient watch;
    private final BooleanSupplier stop;
    private final int process;
    private final int major;

    IndexStatement(Connection building, Connection watching, BooleanSupplier stop) throws SQLException {
        this.building = building;
        this.watching = watching;
        this.stop = stop;
        building.setNetworkTimeout(Runnable::run, (int) BOUND.toMillis());
        this.watch = JdbcClient.create(new SingleConnectionDataSource(watching, true));
        this.major = building.getMetaData().getDatabaseMajorVersion();
        try (Statement statement = building.createStatement();
                ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
            pid.next();
            this.process = pid.getInt(1);
        }
        try (Statement statement = watching.createStatement()) {
            statement.execute("set statement_timeout = '20s'");
        }
    }

    JdbcClient watch() {
        return watch;
    }

    int process() {
        return process;
    }

    void create(String table, String name, String definition) throws InterruptedException {
        execute(PATIENT, "create index concurrently " + name + " on " + table + " " + definition, name);
    }

    /** Not concurrent: PostgreSQL cannot do this over partitions. Blocks writes, so timeouts are short. */
    void createOverPartitions(String table, String name, String definition) throws InterruptedException {
        execute(HASTY, "create index " + name + " on " + table + " " + definition, name);
    }

    void drop(String table, String name) throws InterruptedException {
        Index index = watch.sql("""
                        select format('%I.%I', n.nspname, c.relname) as qualified, c.relkind::text as kind
                        from pg_class t join pg_class c on c.relnamespace = t.relnamespace and c.relname::text = :name::text
                        join pg_namespace n on n.oid = c.relnamespace
                        where t.oid = to_regclass(:table::text) and c.relkind in ('i', 'I')
                        """)
                .param("name", name)
                .param("table", table)
                .query(Index.class)
                .optional()
                .orElse(null);
        if (index != null) {
            String concurrently = index.kind().equals("i") ? "concurrently " : "";
            execute(HASTY, "drop index " + concurrently + "if exists " + index.qualified(), name);
        }
    }

    private record Index(String qualified, String kind) {}

    /** Only logs a failure; the next attempt drops the index. */
    void dropQuietly(String table, String name) {
        try {
            drop(table, name);
        } catch (DataAccessException held) {
            log.warn(
                    "The unfinished index {} will be dropped at the next attempt: {}",
                    name,
                    Causes.sentence(Masked.firstLine(Causes.root(held))));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void execute(String bounds, String sql, String name) throws InterruptedException {
        try (Statement statement = building.createStatement()) {
            statement.execute(bounds);
            if (major >= 17) {
                statement.execute("set transaction_timeout = 0");
            }
            boolean stoppable = sql.startsWith("create");
            CompletableFuture<Void> work = CompletableFuture.runAsync(() -> run(statement, sql));
            Set<Integer> told = new HashSet<>();
            while (!isDone(work)) {
                if (stoppable && stop.getAsBoolean()) {
                    statement.cancel();
                } else {
                    tellBlockers(name, told);
                }
            }
        } catch (SQLException failed) {
            throw translated(sql, failed);
        }
    }

    private static void run(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }

    private static boolean isDone(CompletableFuture<Void> work) throws InterruptedException, SQLException {
        try {
            work.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new IllegalStateException(failed);
        }
    }

    private void tellBlockers(String name, Set<Integer> told) {
        watch.sql("""
                        select a.pid, format('%s, process %s of the role %s, begun %s', coalesce(nullif(a.application_name, ''),
                                             'an application'), a.pid, a.usename, a.xact_start) as who
                        from unnest(pg_blocking_pids(:building::int)) b (pid) join pg_stat_activity a on a.pid = b.pid
                        """)
                .param("building", process)
                .query((rs, row) -> {
                    if (told.add(rs.getInt("pid"))) {
                        log.info("The index {} waits for a transaction to end: {}.", name, rs.getString("who"));
                    }
                    return row;
                })
                .list();
    }

    private static DataAccessException translated(String sql, SQLException failed) {
        DataAccessException translated =
                new SQLErrorCodeSQLExceptionTranslator("PostgreSQL").translate("index", sql, failed);
        return translated == null
                ? new org.springframework.jdbc.UncategorizedSQLException("index", sql, failed)
                : translated;
    }

    /** Resets the timeouts: a pooler may own the sessions. */
    @Override
    public void close() throws SQLException {
        try (building;
                watching;
                Statement statement = building.createStatement();
                Statement other = watching.createStatement()) {
            statement.execute("reset statement_timeout; reset lock_timeout");
            other.execute("reset statement_timeout");
        }
    }
}
