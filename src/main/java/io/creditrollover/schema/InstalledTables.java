package io.creditrollover.schema;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks for dropped tables, columns and indexes before a run. The unique indexes prevent a second decision about a
 * user.
 */
final class InstalledTables {
    /** By name, the SQL after {@code create unique index NAME on}. */
    static final Map<String, String> UNIQUE = Map.ofEntries(
            Map.entry(
                    "credit_rollover_batch_job_instance_once",
                    "credit_rollover_batch_job_instance (job_name, job_key)"),
            Map.entry(
                    "credit_rollover_runs_one_live_per_date",
                    "credit_rollover_runs (rollover_date) WHERE mode = 'live' AND status <> 'UNDONE'"),
            Map.entry(
                    "credit_rollover_runs_plan_used_once",
                    "credit_rollover_runs (plan_run_id) WHERE plan_run_id IS NOT NULL"),
            Map.entry("credit_rollover_runs_job_instance_id_key", "credit_rollover_runs (job_instance_id)"),
            Map.entry(
                    "credit_rollover_events_one_decision_per_run",
                    "credit_rollover_events (run_id, user_id) WHERE action IN ('rollover', 'expiry')"),
            Map.entry(
                    "credit_rollover_events_given_back_once_by_action",
                    "credit_rollover_events (reverses, action) WHERE reverses IS NOT NULL"),
            Map.entry("credit_rollover_outbox_message_id_key", "credit_rollover_outbox (message_id)"),
            Map.entry("credit_rollover_sessions_session_id", "credit_rollover_sessions (session_id)"),
            Map.entry("credit_rollover_api_tokens_hash", "credit_rollover_api_tokens (hash)"),
            Map.entry(
                    "credit_rollover_feed_decisions_once",
                    "credit_rollover_feed (run_id) WHERE type = 'rollover.decisions'"),
            Map.entry(
                    "credit_rollover_feed_overdue_once",
                    "credit_rollover_feed (rollover_date) WHERE type = 'rollover.month.overdue'"));

    private final JdbcClient jdbc;

    InstalledTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Rejects (78) with the first missing object and its repair. */
    void requireWhole() {
        refuseDropped("table", absent(names()));
        refuseDropped("sequence", absent(ProductTables.SEQUENCES));
        refuseDropped("column", absentColumns());
        refuseUnfit();
    }

    /** Returns names already in use before the first migration. */
    List<String> taken() {
        List<String> taken = new ArrayList<>(names());
        taken.removeAll(absent(taken));
        return taken;
    }

    private static List<String> names() {
        return ProductTables.ALL.stream().map(ProductTables.Table::name).toList();
    }

    private static void refuseDropped(String kind, List<String> dropped) {
        dropped.stream().findFirst().ifPresent(name -> {
            throw refused(
                    "The " + kind + " " + name + " is missing. It existed after the migration of this system's tables."
                            + " Restore it from a backup.");
        });
    }

    private List<String> absent(List<String> relations) {
        return jdbc.sql("select r from unnest(:relations::text[]) r where to_regclass(r) is null")
                .param("relations", relations.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private List<String> absentColumns() {
        List<String> columns = ProductTables.OWN.stream()
                .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column))
                .toList();
        return jdbc.sql("""
                        select c from unnest(:columns::text[]) c
                        where not exists (select from pg_attribute
                                          where attrelid = to_regclass(split_part(c, '.', 1))
                                            and attname = split_part(c, '.', 2) and not attisdropped)
                        """)
                .param("columns", columns.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private void refuseUnfit() {
        List<String> fit = jdbc.sql("""
                        select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                        where i.indisunique and i.indisvalid and i.indisready and i.indrelid = any (
                            select to_regclass(t) from unnest(:tables::text[]) t)
                        """)
                .param("tables", names().toArray(String[]::new))
                .query(String.class)
                .list();
        for (ProductTables.Table table : ProductTables.OWN) {
            String name = table.name() + "_pkey";
            if (!fit.contains(name)) {
                throw unfit(name, "ALTER TABLE " + table.name() + " ADD PRIMARY KEY (" + table.key() + ");");
            }
        }
        UNIQUE.forEach((name, definition) -> {
            if (!fit.contains(name)) {
                throw unfit(
                        name,
                        "DROP INDEX IF EXISTS " + name + "; CREATE UNIQUE INDEX " + name + " ON " + definition + ";");
            }
        });
    }

    private static ExitException unfit(String name, String remedy) {
        return refused("The unique index " + name + " is missing or invalid. It prevents duplicate work."
                + " Create it again: " + remedy);
    }

    private static ExitException refused(String sentence) {
        return new ExitException(ExitCode.CONFIGURATION, sentence);
    }
}
