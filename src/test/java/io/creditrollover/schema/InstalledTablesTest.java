package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.exit.ExitException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is checked at each start is what the migrations make, no less and no more. */
class InstalledTablesTest {
    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void everyColumnOfOursIsInTheList() {
        List<String> made = names("""
                select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relkind = 'r' and c.relname like 'credit\\_rollover\\_%'
                  and c.relname <> 'credit_rollover_schema_history' and c.relname not like 'credit\\_rollover\\_batch\\_%' and a.attnum > 0 and not a.attisdropped
                """);

        assertThat(ProductTables.OWN.stream()
                        .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column)))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    /** An operator for varchar could be anybody's; see {@code StrangeOperatorsTest}. */
    @Test
    void noTextOfOursIsVarchar() {
        assertThat(names("""
                        select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where c.relkind = 'r' and c.relname like 'credit\\_rollover\\_%'
                          and c.relname <> 'credit_rollover_schema_history' and a.atttypid = 'varchar'::regtype
                        """)).isEmpty();
    }

    @Test
    void everyUniqueIndexOfOursIsInTheList() {
        List<String> made = names("""
                select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                where i.indisunique and c.relname like 'credit\\_rollover\\_%'
                  and i.indrelid <> 'credit_rollover_schema_history'::regclass
                  and c.relname not like 'credit\\_rollover\\_batch\\_%pkey'
                """);

        Stream<String> keys = ProductTables.OWN.stream().map(table -> table.name() + "_pkey");
        assertThat(Stream.concat(keys, InstalledTables.UNIQUE.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void whatIsSaidToMakeAnIndexAgainMakesTheSameOne() {
        String definitions = "select indexdef from pg_indexes where indexname like 'credit\\_rollover\\_%' order by 1";
        List<String> before = names(definitions);

        database.execute(
                "alter table credit_rollover_runs drop constraint credit_rollover_runs_job_instance_id_key",
                "alter table credit_rollover_outbox drop constraint credit_rollover_outbox_message_id_key");
        InstalledTables.UNIQUE.keySet().forEach(name -> database.execute("drop index if exists " + name));
        ProductTables.OWN.forEach(table ->
                database.execute("alter table " + table.name() + " drop constraint " + table.name() + "_pkey cascade"));
        int mended = 0;
        for (Optional<String> damage = damage(); damage.isPresent(); damage = damage()) {
            database.execute(damage.get().replaceFirst("^.*Create it again: ", ""));
            mended++;
        }

        assertThat(mended).isEqualTo(ProductTables.OWN.size() + InstalledTables.UNIQUE.size());
        assertThat(names(definitions)).isEqualTo(before);
    }

    private Optional<String> damage() {
        try {
            new InstalledTables(database.jdbc()).requireWhole();
            return Optional.empty();
        } catch (ExitException damaged) {
            return Optional.of(damaged.sentence());
        }
    }

    private List<String> names(String query) {
        return database.jdbc().sql(query).query(String.class).list();
    }
}
