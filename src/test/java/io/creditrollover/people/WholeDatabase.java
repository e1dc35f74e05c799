package io.creditrollover.people;

import io.creditrollover.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Searches each column of each table of the product, binary ones too. */
final class WholeDatabase {
    private WholeDatabase() {}

    /** The tables with a row that contains the text. */
    static List<String> tablesWith(TestDatabase database, String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return tables(database).stream()
                .filter(table -> database.jdbc()
                        .sql("select exists (select from " + table + " t where strpos(t::text, :text) > 0"
                                + " or strpos(t::text, :hex) > 0)")
                        .param("text", text)
                        .param("hex", hex)
                        .query(Boolean.class)
                        .single())
                .toList();
    }

    static List<String> tables(TestDatabase database) {
        return database.jdbc().sql("""
                        select relname from pg_class
                        where relkind in ('r', 'p') and relname like 'credit\\_rollover\\_%' order by 1
                        """).query(String.class).list();
    }
}
