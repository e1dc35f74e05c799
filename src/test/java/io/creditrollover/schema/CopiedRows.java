package io.creditrollover.schema;

import io.creditrollover.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The rows of an installation of today in the tables of an old one, under the names of then. */
final class CopiedRows {
    private final TestDatabase today;
    private final TestDatabase old;

    CopiedRows(TestDatabase today, TestDatabase old) {
        this.today = today;
        this.old = old;
    }

    private record Table(String name, String columns) {
        String nameToday() {
            return name.startsWith("batch_") ? "credit_rollover_" + name : name;
        }

        String columnsToday() {
            return columns.replaceFirst("\\bwork\\b", "step");
        }
    }

    void copy() throws SQLException {
        try (Connection from = today.open();
                Connection to = old.open()) {
            // No order of the tables satisfies all keys, and the audit refuses to be emptied.
            to.createStatement().execute("set session_replication_role = replica");
            for (Table table : old.jdbc().sql("""
                            select relname as name, string_agg(quote_ident(attname), ', ' order by attnum) as columns
                            from pg_class c join pg_attribute a on attrelid = c.oid
                            where relkind = 'r' and relnamespace = 'public'::regnamespace and attnum > 0
                              and not attisdropped
                              and relname not in ('credit_rollover_schema_history', 'credit_rollover_positions')
                            group by relname
                            """).query(Table.class).list()) {
                to.createStatement().execute("delete from " + table.name());
                copy(from, to, table);
            }
            to.createStatement().execute("""
                    select setval(oid::regclass, 1000)
                    from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace
                    """);
        }
    }

    private static void copy(Connection from, Connection to, Table table) throws SQLException {
        StringWriter rows = new StringWriter();
        try {
            from.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table.nameToday() + " (" + table.columnsToday() + ") to stdout", rows);
            to.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy " + table.name() + " (" + table.columns() + ") from stdin",
                            new StringReader(rows.toString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
