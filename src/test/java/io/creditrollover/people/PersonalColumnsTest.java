package io.creditrollover.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each column that can hold text is classified. A new one fails the first test: put it into {@link PersonalColumns} if it
 * holds data of the host's users, else here, by what is written into it.
 */
class PersonalColumnsTest {
    /** Free text of people, databases and mail servers. Whoever writes it masks phone numbers first. */
    private static final List<String> MASKED_AT_WRITING = columns("""
            credit_rollover_runs: reason message
            credit_rollover_events: reason
            credit_rollover_dry_run_decisions: reason
            credit_rollover_skips: reason
            credit_rollover_outbox: message last_error
            credit_rollover_audit: who target reason result
            credit_rollover_notices: reason
            credit_rollover_feed: details
            credit_rollover_webhooks: last_error
            credit_rollover_partitions: failure
            credit_rollover_batch_job_execution: exit_message
            credit_rollover_batch_step_execution: exit_message
            credit_rollover_sessions_attributes: attribute_bytes
            """);

    /** Words, names and numbers of the product, its operators and its plans. */
    private static final List<String> HARMLESS = columns("""
            credit_rollover_runs: mode status zone policy requested_by approved_by forecast approved_limits host_tables \
            stop_cause stop_requested_by exceeded_limits
            credit_rollover_events: action eligible_plan_type reason_code
            credit_rollover_dry_run_decisions: action eligible_plan_type reason_code
            credit_rollover_skips: reason_code looked_at_by
            credit_rollover_tallies: step
            credit_rollover_figures: figures
            credit_rollover_forecasts: settings forecast failure
            credit_rollover_leases: name holder
            credit_rollover_tokens: name
            credit_rollover_positions: name
            credit_rollover_notices: kind lead channel status reason_code message_id
            credit_rollover_notice_runs: channel
            credit_rollover_notice_channels: channel
            credit_rollover_outbox: outcome recipient message_id
            credit_rollover_audit: address action outcome
            credit_rollover_feed: type
            credit_rollover_webhooks: name url_hash message_id claim
            credit_rollover_idempotency: who key request_hash answer
            credit_rollover_sessions: primary_id session_id principal_name
            credit_rollover_sessions_attributes: session_primary_id attribute_name
            credit_rollover_api_tokens: name scope hash created_by
            credit_rollover_known_addresses: account address
            credit_rollover_partitions: state worker
            credit_rollover_channel_message: message_id group_key message_content region
            credit_rollover_batch_job_instance: job_name job_key
            credit_rollover_batch_job_execution: status exit_code
            credit_rollover_batch_job_execution_params: parameter_name parameter_type parameter_value identifying
            credit_rollover_batch_step_execution: step_name status exit_code
            credit_rollover_batch_job_execution_context: short_context serialized_context
            credit_rollover_batch_step_execution_context: short_context serialized_context
            credit_rollover_schema_history: version description type script installed_by
            """);

    private final TestDatabase database = TestDatabase.migrated();

    private static List<String> columns(String lines) {
        return lines.lines()
                .map(line -> line.split(": "))
                .flatMap(parts -> Arrays.stream(parts[1].split(" +")).map(column -> parts[0] + "." + column))
                .toList();
    }

    @Test
    void everyColumnThatCanHoldTextIsClassified() {
        List<String> made = database.jdbc().sql("""
                        select c.relname || '.' || a.attname
                        from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
                        where c.relkind in ('r', 'p') and c.relname like 'credit\\_rollover\\_%'
                          and a.attnum > 0 and not a.attisdropped
                          and t.typcategory not in ('N', 'B', 'D', 'T')
                        """).query(String.class).list();

        Stream<String> personal = PersonalColumns.ALL.stream().map(PersonalColumns.Column::qualified);
        assertThat(Stream.of(personal, MASKED_AT_WRITING.stream(), HARMLESS.stream())
                        .flatMap(all -> all))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void aPersonalColumnMayBeNull() {
        for (PersonalColumns.Column column : PersonalColumns.ALL) {
            assertThat(database.count("""
                            select count(*) from pg_attribute
                            where attrelid = '%s'::regclass and attname = '%s' and not attnotnull
                            """.formatted(column.table(), column.name())))
                    .as(column.qualified())
                    .isOne();
        }
    }
}
