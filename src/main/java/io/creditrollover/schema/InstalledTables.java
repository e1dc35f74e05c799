package io.creditrollover.schema;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks for dropped tables, columns and indexes before a run. The unique indexes prevent a second decision about a
 * user.
 */
final class InstalledTables {
    /** Name, primary key, columns. A test compares the list with the migrations. */
    static final List<Table> TABLES = """
            credit_rollover_runs (id) id rollover_date mode status cutoff zone policy requested_by reason approved_by \
            plan_run_id undoes_run_id only_user_id job_instance_id message users_processed users_rolled_over \
            users_expired users_skipped credits_before credits_rolled_over credits_expired forecast started_at finished_at \
            approved_limits host_tables stop_cause stop_requested_at stop_requested_by reinstates_run_id
            credit_rollover_events (id) id user_id phone_number rollover_date credits_before credits_after action \
            eligible_plan_type reason created_at run_id reason_code payment_id paid_at credits_protected reverses
            credit_rollover_skips (run_id,user_id) run_id user_id reason_code reason created_at looked_at looked_at_by
            credit_rollover_waits (run_id,user_id) run_id user_id waits_until
            credit_rollover_tallies (run_id,step) run_id step users_rolled_over users_expired users_skipped \
            credits_before credits_rolled_over credits_expired
            credit_rollover_dry_run_decisions (run_id,user_id) run_id user_id phone_number credits_before credits_after \
            action eligible_plan_type reason reason_code payment_id paid_at credits_protected
            credit_rollover_figures (run_id) run_id version figures computed_at users_came_back
            credit_rollover_forecasts (rollover_date,settings) rollover_date settings forecast as_of computed_at failure \
            failure_code failed_at claim claimed_at claimed_until
            credit_rollover_slices (run_id,slice) run_id slice last_id users_forecast users_expired
            credit_rollover_leases (name) name holder token renewed_at expires_at
            credit_rollover_tokens (name) name token
            credit_rollover_outbox (id) id run_id outcome message recipient message_id attempts claimed_until last_error \
            created_at sent_at
            credit_rollover_audit (id) id at who address action target reason result intent_id outcome
            credit_rollover_sessions (primary_id) primary_id session_id creation_time last_access_time \
            max_inactive_interval expiry_time principal_name
            credit_rollover_sessions_attributes (session_primary_id,attribute_name) session_primary_id attribute_name \
            attribute_bytes
            credit_rollover_api_tokens (id) id name scope hash created_by created_at expires_at revoked_at last_used_at
            credit_rollover_known_addresses (account,address) account address seen_at
            credit_rollover_idempotency (who,key) who key request_hash answer created_at
            credit_rollover_partitions (step_execution_id) step_execution_id run_id token claim state worker failures \
            failure offered_at seen_at
            credit_rollover_claims (step_execution_id) step_execution_id claim
            credit_rollover_channel_message (region,group_key,created_date,message_sequence) message_id group_key \
            created_date message_priority message_sequence message_content region
            credit_rollover_positions (name) name run_id user_id
            credit_rollover_notices (rollover_date,user_id,kind,lead,channel) id user_id rollover_date kind lead channel \
            status credits_before credits_after reason_code event_id message_id address attempts reason planned_at \
            accepted_at
            credit_rollover_notice_runs (run_id,channel) run_id channel planned_at
            credit_rollover_notice_channels (channel) channel since
            credit_rollover_feed (position) position type run_id execution_id rollover_date details after_id last_id \
            created_at
            credit_rollover_webhooks (name) name url_hash position event_id message_id message_position message_after_id \
            message_last_id attempts next_attempt_at claim claimed_until last_error last_success_at switched_off_at \
            created_at
            """.lines().map(Table::parse).toList();

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

    private static final List<String> SPRING_BATCH = List.of(
            "credit_rollover_batch_job_instance",
            "credit_rollover_batch_job_execution",
            "credit_rollover_batch_job_execution_params",
            "credit_rollover_batch_job_execution_context",
            "credit_rollover_batch_step_execution",
            "credit_rollover_batch_step_execution_context");
    private static final List<String> SEQUENCES = List.of(
            "credit_rollover_message_seq",
            "credit_rollover_batch_job_instance_seq",
            "credit_rollover_batch_job_execution_seq",
            "credit_rollover_batch_step_execution_seq");

    private final JdbcClient jdbc;

    InstalledTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code key} lists the primary key columns, separated by commas. */
    record Table(String name, String key, List<String> columns) {
        private static Table parse(String line) {
            List<String> words = List.of(line.strip().split("\\s+"));
            String key = words.get(1).substring(1, words.get(1).length() - 1);
            return new Table(words.get(0), key, words.subList(2, words.size()));
        }
    }

    /**
     * Requires all migrations.
     *
     * @throws ExitException 78 with the first missing object and its repair
     */
    void requireWhole() {
        refuseDropped("table", absent(names()));
        refuseDropped("sequence", absent(SEQUENCES));
        refuseDropped("column", absentColumns());
        refuseUnfit();
    }

    /** Returns names already in use before the first migration. */
    List<String> taken() {
        List<String> taken = names();
        taken.removeAll(absent(taken));
        return taken;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(SPRING_BATCH);
        TABLES.forEach(table -> names.add(table.name()));
        return names;
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
        List<String> columns = TABLES.stream()
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
                .param(
                        "tables",
                        Stream.concat(TABLES.stream().map(Table::name), SPRING_BATCH.stream())
                                .toArray(String[]::new))
                .query(String.class)
                .list();
        for (Table table : TABLES) {
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
