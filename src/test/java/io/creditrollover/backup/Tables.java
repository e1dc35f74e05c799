package io.creditrollover.backup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of tables in words, so that two databases can be compared. */
record Tables(Map<String, List<String>> rows) {
    static Tables all(JdbcClient jdbc) {
        return of(jdbc, jdbc.sql("""
                        select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
                        """).query(String.class).list());
    }

    static Tables of(JdbcClient jdbc, List<String> tables) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : tables) {
            rows.put(
                    table,
                    jdbc.sql("select to_jsonb(t)::text from " + table + " t order by 1")
                            .query(String.class)
                            .list());
        }
        return new Tables(rows);
    }

    /** The names of those that differ. */
    List<String> differingFrom(Tables other) {
        return rows.keySet().stream()
                .filter(table -> !rows.get(table).equals(other.rows.get(table)))
                .toList();
    }
}
