package io.creditrollover.host;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A column, followed through views to its table. {@code generated} is {@code s}, {@code v} or empty. */
record UserKey(
        String schema, String table, String column, String kind, boolean unique, boolean keyed, String generated) {
    /** The rule of a view records the origin of each column. */
    private static final String QUERY = """
            with recursive origin as (
                select c.oid, a.attnum, c.relkind from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.oid = :oid::oid and a.attname::text = :column::text
                union
                select c.oid, m.part[3]::smallint, c.relkind
                from origin o join pg_rewrite w on w.ev_class = o.oid and w.ev_type = '1' and o.relkind = 'v',
                     regexp_matches(w.ev_action::text,
                         ':resno (\\d+) :resname \\S+ :ressortgroupref \\d+ :resorigtbl (\\d+) :resorigcol (\\d+) :resjunk f',
                         'g') as m (part),
                     pg_class c
                where m.part[1]::int = o.attnum and c.oid = m.part[2]::oid)
            select n.nspname::text as schema, c.relname::text as "table", a.attname::text as "column",
                   c.relkind::text as kind, a.attgenerated::text as generated,
                   exists (select from pg_index i
                           where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null
                             and i.indexprs is null and i.indnkeyatts = 1 and i.indkey[0] = a.attnum) as "unique",
                   exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary) as keyed
            from origin o join pg_class c on c.oid = o.oid and c.relkind in ('r', 'p')
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum = o.attnum
            """;

    /** Returns the origin; null if it is not a column of one table. */
    static @Nullable UserKey of(JdbcClient jdbc, HostTable users, String column) {
        return jdbc.sql(QUERY).param("oid", users.oid()).param("column", column).query(UserKey.class).list().stream()
                .findFirst()
                .orElse(null);
    }

    String qualified() {
        return Identifiers.readable(schema) + "." + Identifiers.readable(table);
    }
}
