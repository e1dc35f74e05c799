package io.creditrollover.schema;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks the product's tables and the role's rights. Reads only. */
@Component
public class OwnRights {
    private final JdbcClient jdbc;

    OwnRights(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Checks the rights for a live run.
     *
     * @throws ExitException 78 with the first problem
     */
    public void requireForLive() {
        requireForReading();
        requireRights("INSERT", "credit_rollover_events");
    }

    /**
     * Checks the rights for {@code serve}.
     *
     * @throws ExitException 78 with the first problem
     */
    public void requireForServing() {
        requireForReading();
        requireRights("SELECT, INSERT", "credit_rollover_audit");
        requireRights("SELECT, INSERT, UPDATE", "credit_rollover_api_tokens");
        requireRights(
                "SELECT, INSERT, UPDATE, DELETE",
                "credit_rollover_forecasts",
                "credit_rollover_idempotency",
                "credit_rollover_known_addresses",
                "credit_rollover_sessions",
                "credit_rollover_sessions_attributes");
        requireUpdateOf("looked_at", "4-serve-role.sql", "credit_rollover_skips");
        requireUpdateOf("looked_at_by", "4-serve-role.sql", "credit_rollover_skips");
    }

    /**
     * Checks the rights to erase phone numbers.
     *
     * @throws ExitException 78 naming the first missing grant
     */
    public void requireForErasing() {
        requireForReading();
        requireUpdateOf(
                "phone_number", "5-daily-role.sql", "credit_rollover_events", "credit_rollover_dry_run_decisions");
        requireRights("SELECT, INSERT", "credit_rollover_audit");
        requireRights("SELECT, UPDATE", "credit_rollover_positions");
    }

    /**
     * Checks the rights to delete old rows.
     *
     * @throws ExitException 78 naming the first missing grant
     */
    public void requireForRetention() {
        requireForReading();
        requireRights(
                "DELETE", "credit_rollover_dry_run_decisions", "credit_rollover_outbox", "credit_rollover_notices");
        requireRights("SELECT, DELETE", "credit_rollover_idempotency");
        requireRights("SELECT, INSERT, DELETE", "credit_rollover_audit");
    }

    /**
     * Checks tables and rights for recording a run.
     *
     * @throws ExitException 78 with the first problem
     */
    public void requireForReading() {
        new InstalledTables(jdbc).requireWhole();
        requireRights("SELECT", "credit_rollover_events");
        requireRights(
                "SELECT, INSERT",
                "credit_rollover_skips",
                "credit_rollover_waits",
                "credit_rollover_dry_run_decisions",
                "credit_rollover_notice_runs",
                "credit_rollover_notice_channels",
                "credit_rollover_batch_job_execution_params");
        requireRights(
                "SELECT, INSERT, UPDATE",
                "credit_rollover_runs",
                "credit_rollover_figures",
                "credit_rollover_outbox",
                "credit_rollover_notices",
                "credit_rollover_tallies",
                "credit_rollover_leases",
                "credit_rollover_tokens",
                "credit_rollover_partitions",
                "credit_rollover_claims",
                "credit_rollover_feed",
                "credit_rollover_webhooks",
                "credit_rollover_batch_job_execution",
                "credit_rollover_batch_job_execution_context",
                "credit_rollover_batch_step_execution",
                "credit_rollover_batch_step_execution_context");
        requireRights(
                "SELECT, INSERT, UPDATE, DELETE",
                "credit_rollover_batch_job_instance",
                "credit_rollover_channel_message",
                "credit_rollover_slices");
        requireSequences(
                "credit_rollover_message_seq",
                "credit_rollover_batch_job_instance_seq",
                "credit_rollover_batch_job_execution_seq",
                "credit_rollover_batch_step_execution_seq");
    }

    private void requireSequences(String... sequences) {
        refuseFirst(jdbc.sql("""
                        select format('The role %s may not use the sequence %s. Grant it: GRANT USAGE ON SEQUENCE %s TO %I;',
                                      current_user, s, s, current_user)
                        from unnest(:sequences::text[]) as s
                        where not has_sequence_privilege(s, 'USAGE')
                        """).param("sequences", sequences));
    }

    private void requireRights(String rights, String... tables) {
        refuseFirst(jdbc.sql("""
                        select format('The role %s may not %s %s. Grant it: GRANT %s ON %s TO %I; '
                                      '(db/grants has all of them).', current_user, r, t, r, t, current_user)
                        from unnest(:tables::text[]) t, unnest(string_to_array(:rights::text, ', ')) r
                        where not has_table_privilege(t, r)
                        """).param("tables", tables).param("rights", rights));
    }

    private void requireUpdateOf(String column, String file, String... tables) {
        refuseFirst(jdbc.sql("""
                        select format('The role %1$s may not UPDATE (%3$s) ON %2$s; grant it: GRANT UPDATE (%3$s) ON %2$s TO %1$I; '
                                      '(db/grants/%4$s has all of them).', current_user, t, :column::text, :file::text)
                        from unnest(:tables::text[]) t where not has_column_privilege(t, :column::text, 'UPDATE')
                        """).param("tables", tables).param("column", column).param("file", file));
    }

    private static void refuseFirst(JdbcClient.StatementSpec query) {
        query.query(String.class).list().stream().findFirst().ifPresent(sentence -> {
            throw new ExitException(ExitCode.CONFIGURATION, sentence);
        });
    }
}
