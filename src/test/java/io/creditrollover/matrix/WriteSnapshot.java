package io.creditrollover.matrix;

import io.creditrollover.HostTables;
import io.creditrollover.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a command could have written.
 *
 * @param host a checksum that changes with each row of the host's that is written or locked
 * @param rows how many rows each table of ours has; none for one that is not there
 */
record WriteSnapshot(String host, Map<String, Long> rows) {
    private static final List<String> OURS = List.of(
            "credit_rollover_runs",
            "credit_rollover_events",
            "credit_rollover_skips",
            "credit_rollover_waits",
            "credit_rollover_slices",
            "credit_rollover_tallies",
            "credit_rollover_dry_run_decisions",
            "credit_rollover_outbox",
            "credit_rollover_audit",
            "credit_rollover_batch_job_execution");

    static WriteSnapshot in(TestDatabase database) {
        JdbcClient jdbc = database.jdbc();
        List<String> there = jdbc.sql("select t from unnest(:tables) t where to_regclass(t) is not null")
                .param("tables", OURS.toArray(String[]::new))
                .query(String.class)
                .list();
        Map<String, Long> rows = new TreeMap<>();
        for (String table : there) {
            rows.put(
                    table,
                    jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        return new WriteSnapshot(HostTables.checksum(database), rows);
    }

    long of(String table) {
        return rows.getOrDefault(table, 0L);
    }
}
