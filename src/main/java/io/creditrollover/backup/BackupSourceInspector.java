package io.creditrollover.backup;

import io.creditrollover.schema.ProductTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class BackupSourceInspector {
    /** Changed by a live run. A test compares the list with a run. */
    static final List<String> TABLES = Stream.concat(Stream.of("users"), ProductTables.changedByLiveRuns().stream())
            .toList();

    private final JdbcOperations jdbc;
    private final JdbcClient client;

    BackupSourceInspector(JdbcOperations jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    BackupSource look() {
        boolean pooled = Boolean.TRUE.equals(jdbc.execute(BackupSourceInspector::isPooled));
        List<BackupSource.Table> tables =
                TABLES.stream().flatMap(name -> table(name).stream()).toList();
        return client.sql("""
                        select current_database() as database, current_setting('server_version') as version,
                               current_setting('server_version_num')::int / 10000 as major, clock_timestamp() as now
                        """)
                .query((rs, row) -> new BackupSource(
                        rs.getString("database"),
                        rs.getString("version"),
                        rs.getInt("major"),
                        rs.getObject("now", OffsetDateTime.class).toInstant(),
                        pooled,
                        tables,
                        readableSequences(),
                        obstacle()))
                .single();
    }

    /** A pooler reports a process number of its own, not the server's. */
    private static boolean isPooled(Connection connection) throws SQLException {
        int told = connection.unwrap(PGConnection.class).getBackendPID();
        try (Statement statement = connection.createStatement();
                ResultSet is = statement.executeQuery("select pg_backend_pid()")) {
            return is.next() && is.getInt(1) != told;
        }
    }

    private List<BackupSource.Table> table(String name) {
        return client.sql("""
                        select format('%I.%I', n.nspname, c.relname) as qualified,
                               (select pg_get_constraintdef(k.oid) from pg_constraint k
                                where k.conrelid = c.oid and k.contype = 'p') as primary_key
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.oid = to_regclass(:name)
                        """)
                .param("name", name)
                .query((rs, row) -> new BackupSource.Table(
                        name, rs.getString("qualified"), columns(name), omitted(name), rs.getString("primary_key")))
                .list();
    }

    private List<BackupSource.Column> columns(String table) {
        return client.sql("""
                        select quote_ident(a.attname) as quoted,
                               case when t.typnamespace = 'pg_catalog'::regnamespace
                                    then format_type(a.atttypid, a.atttypmod) else 'text' end as type,
                               a.attnotnull as required,
                               a.attidentity <> '' as identity
                        from pg_attribute a join pg_type t on t.oid = a.atttypid
                        where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped
                          and a.attgenerated = '' and has_column_privilege(a.attrelid, a.attnum, 'SELECT')
                        order by a.attnum
                        """)
                .param("table", table)
                .query(BackupSource.Column.class)
                .list();
    }

    private List<String> omitted(String table) {
        return client.sql("""
                        select a.attname from pg_attribute a
                        where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped
                          and not has_column_privilege(a.attrelid, a.attnum, 'SELECT')
                        order by a.attnum
                        """).param("table", table).query(String.class).list();
    }

    private List<String> readableSequences() {
        return client.sql("""
                        select format('%I.%I', n.nspname, c.relname)
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.oid in (select to_regclass(name) from unnest(:names::text[]) as name)
                          and case when c.relkind = 'S' then has_sequence_privilege(c.oid, 'SELECT') end
                        order by c.relname
                        """)
                .param("names", ProductTables.advancedByLiveRuns().toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** pg_dump locks and reads whole tables and their sequences. */
    private @Nullable String obstacle() {
        List<String> all = client.sql("""
                        with tables as (select c.oid, c.relname, c.relkind from unnest(:names::text[]) as name
                                        join pg_class c on c.oid = to_regclass(name))
                        select format('the role %s may not read the whole table %s', current_user, relname)
                        from tables where not has_table_privilege(oid, 'SELECT')
                        union all
                        select format('the role %s may not read the sequence %s', current_user, s.relname)
                        from tables t
                        join pg_depend d on d.refobjid = t.oid and d.refclassid = 'pg_class'::regclass
                                        and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
                        join pg_class s on s.oid = d.objid
                        where case when s.relkind = 'S' then not has_sequence_privilege(s.oid, 'SELECT') end
                        union all
                        select format(case relkind when 'v' then '%s is a view' when 'p' then 'the table %s is partitioned'
                                           else '%s is no plain table' end, relname)
                        from tables where relkind <> 'r'
                        """)
                .param("names", TABLES.toArray(String[]::new))
                .query(String.class)
                .list();
        return all.isEmpty() ? null : all.get(0);
    }
}
