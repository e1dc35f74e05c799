package io.creditrollover.schema;

import java.util.List;

/** The tables of the product: the only list for the checks of tables and rights, and for the backup. */
public final class ProductTables {
    /**
     * Name, primary key, rights of the batch role, more rights of the serve role, {@code live} if a live run changes it,
     * columns. Rights are the letters of PostgreSQL's access lists. Spring Batch's tables are without key and columns.
     * Tests compare the list with the migrations, and with a run.
     */
    static final List<Table> ALL = """
            credit_rollover_runs (id) raw - live id rollover_date mode status cutoff zone policy requested_by reason \
            approved_by plan_run_id undoes_run_id only_user_id job_instance_id message users_processed \
            users_rolled_over users_expired users_skipped credits_before credits_rolled_over credits_expired forecast \
            started_at finished_at approved_limits host_tables stop_cause stop_requested_at stop_requested_by \
            reinstates_run_id limit_exceeded exceeded_limits
            credit_rollover_events (id) r - live id user_id phone_number rollover_date credits_before credits_after \
            action eligible_plan_type reason created_at run_id reason_code payment_id paid_at credits_protected \
            reverses
            credit_rollover_skips (run_id,user_id) ra - live run_id user_id reason_code reason created_at looked_at \
            looked_at_by
            credit_rollover_waits (run_id,user_id) ra - live run_id user_id waits_until
            credit_rollover_tallies (run_id,step) raw - live run_id step users_rolled_over users_expired \
            users_skipped credits_before credits_rolled_over credits_expired
            credit_rollover_dry_run_decisions (run_id,user_id) ra - - run_id user_id phone_number credits_before \
            credits_after action eligible_plan_type reason reason_code payment_id paid_at credits_protected
            credit_rollover_figures (run_id) raw - live run_id version figures computed_at users_came_back
            credit_rollover_forecasts (rollover_date,settings) - rawd - rollover_date settings forecast as_of \
            computed_at failure failure_code failed_at claim claimed_at claimed_until
            credit_rollover_slices (run_id,slice) rawd - live run_id slice last_id users_forecast users_expired
            credit_rollover_leases (name) raw - live name holder token renewed_at expires_at
            credit_rollover_tokens (name) raw - live name token
            credit_rollover_outbox (id) raw - live id run_id outcome message recipient message_id attempts \
            claimed_until last_error created_at sent_at limit_exceeded
            credit_rollover_audit (id) - ra - id at who address action target reason result intent_id outcome
            credit_rollover_sessions (primary_id) - rawd - primary_id session_id creation_time last_access_time \
            max_inactive_interval expiry_time principal_name
            credit_rollover_sessions_attributes (session_primary_id,attribute_name) - rawd - session_primary_id \
            attribute_name attribute_bytes
            credit_rollover_api_tokens (id) - raw - id name scope hash created_by created_at expires_at revoked_at \
            last_used_at
            credit_rollover_known_addresses (account,address) - rawd - account address seen_at
            credit_rollover_idempotency (who,key) - rawd - who key request_hash answer created_at
            credit_rollover_partitions (step_execution_id) raw - - step_execution_id run_id token claim state worker \
            failures failure offered_at seen_at
            credit_rollover_claims (step_execution_id) raw - - step_execution_id claim
            credit_rollover_channel_message (region,group_key,created_date,message_sequence) rawd - - message_id \
            group_key created_date message_priority message_sequence message_content region
            credit_rollover_positions (name) - - - name run_id user_id
            credit_rollover_notices (rollover_date,user_id,kind,lead,channel) raw - - id user_id rollover_date kind \
            lead channel status credits_before credits_after reason_code event_id message_id address attempts reason \
            planned_at accepted_at
            credit_rollover_notice_runs (run_id,channel) ra - - run_id channel planned_at
            credit_rollover_notice_channels (channel) ra - - channel since
            credit_rollover_feed (position) raw - live position type run_id execution_id rollover_date details \
            after_id last_id created_at
            credit_rollover_webhooks (name) raw - - name url_hash position event_id message_id message_position \
            message_after_id message_last_id attempts next_attempt_at claim claimed_until last_error last_success_at \
            switched_off_at created_at
            credit_rollover_batch_job_instance () rawd - live
            credit_rollover_batch_job_execution () raw - live
            credit_rollover_batch_job_execution_params () ra - live
            credit_rollover_batch_job_execution_context () raw - live
            credit_rollover_batch_step_execution () raw - live
            credit_rollover_batch_step_execution_context () raw - live
            """.lines().map(Table::parse).toList();

    /** All but Spring Batch's. */
    static final List<Table> OWN =
            ALL.stream().filter(table -> !table.columns().isEmpty()).toList();

    static final List<String> SEQUENCES = List.of(
            "credit_rollover_message_seq",
            "credit_rollover_batch_job_instance_seq",
            "credit_rollover_batch_job_execution_seq",
            "credit_rollover_batch_step_execution_seq");

    private ProductTables() {}

    /** {@code key} lists the primary key columns, separated by commas. */
    record Table(
            String name,
            String key,
            List<String> batchRights,
            List<String> serveRights,
            boolean live,
            List<String> columns) {
        private static Table parse(String line) {
            List<String> words = List.of(line.strip().split("\\s+"));
            String key = words.get(1).substring(1, words.get(1).length() - 1);
            return new Table(
                    words.get(0),
                    key,
                    rights(words.get(2)),
                    rights(words.get(3)),
                    words.get(4).equals("live"),
                    words.subList(5, words.size()));
        }

        private static List<String> rights(String letters) {
            return letters.chars()
                    .filter(letter -> letter != '-')
                    .mapToObj(letter -> switch (letter) {
                        case 'r' -> "SELECT";
                        case 'a' -> "INSERT";
                        case 'w' -> "UPDATE";
                        case 'd' -> "DELETE";
                        default -> throw new IllegalArgumentException("no right: " + letters);
                    })
                    .toList();
        }
    }

    /** Returns the tables that a live run changes. */
    public static List<String> changedByLiveRuns() {
        return ALL.stream().filter(Table::live).map(Table::name).toList();
    }

    /** Returns the sequences that a live run advances. */
    public static List<String> advancedByLiveRuns() {
        return SEQUENCES.stream().filter(name -> name.contains("_batch_")).toList();
    }
}
