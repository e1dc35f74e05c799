package io.creditrollover.schema;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks the product's tables and the role's rights. Reads only. */
@Component
public class OwnRights {
    private final JdbcClient jdbc;

    OwnRights(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Rejects (78) a role without a right for a live run. */
    public void requireForLive() {
        requireForReading();
        requireRights("INSERT", "credit_rollover_events");
    }

    /** Rejects (78) a role without a right for {@code serve}. */
    public void requireForServing() {
        requireForReading();
        requireRights(ProductTables.Table::serveRights);
        requireUpdateOf("looked_at", "4-serve-role.sql", "credit_rollover_skips");
        requireUpdateOf("looked_at_by", "4-serve-role.sql", "credit_rollover_skips");
    }

    /** Rejects (78) a role without a grant to erase phone numbers. */
    public void requireForErasing() {
        requireForReading();
        requireUpdateOf(
                "phone_number", "5-daily-role.sql", "credit_rollover_events", "credit_rollover_dry_run_decisions");
        requireRights("SELECT, INSERT", "credit_rollover_audit");
        requireRights("SELECT, UPDATE", "credit_rollover_positions");
    }

    /** Rejects (78) a role without a grant to delete old rows. */
    public void requireForRetention() {
        requireForReading();
        requireRights(
                "DELETE", "credit_rollover_dry_run_decisions", "credit_rollover_outbox", "credit_rollover_notices");
        requireRights("SELECT, DELETE", "credit_rollover_idempotency");
        requireRights("SELECT, INSERT, DELETE", "credit_rollover_audit");
    }

    /** Rejects (78) a role without a right for recording a run. */
    public void requireForReading() {
        new InstalledTables(jdbc).requireWhole();
        requireRights(ProductTables.Table::batchRights);
        requireSequences();
    }

    private void requireSequences() {
        refuseFirst(jdbc.sql("""
                        select format('The role %s may not use the sequence %s. Grant it: GRANT USAGE ON SEQUENCE %s TO %I;',
                                      current_user, s, s, current_user)
                        from unnest(:sequences::text[]) as s
                        where not has_sequence_privilege(s, 'USAGE')
                        """).param("sequences", ProductTables.SEQUENCES.toArray(String[]::new)));
    }

    private void requireRights(Function<ProductTables.Table, List<String>> rights) {
        requireRights(
                ProductTables.ALL.stream().map(ProductTables.Table::name).toArray(String[]::new),
                ProductTables.ALL.stream()
                        .map(table -> String.join(", ", rights.apply(table)))
                        .toArray(String[]::new));
    }

    private void requireRights(String rights, String... tables) {
        String[] each = new String[tables.length];
        Arrays.fill(each, rights);
        requireRights(tables, each);
    }

    /** @param rights of each table, separated by commas; empty for none */
    private void requireRights(String[] tables, String[] rights) {
        refuseFirst(jdbc.sql("""
                        select format('The role %s may not %s %s. Grant it: GRANT %s ON %s TO %I; '
                                      '(db/grants has all of them).', current_user, r, t, r, t, current_user)
                        from unnest(:tables::text[], :rights::text[]) as needed(t, rights),
                             unnest(string_to_array(rights, ', ')) r
                        where not has_table_privilege(t, r)
                        """).param("tables", tables).param("rights", rights));
    }

    private void requireUpdateOf(String column, String file, String... tables) {
        refuseFirst(
                jdbc.sql("""
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
