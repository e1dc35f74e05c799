package io.creditrollover.host;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the host's tables from the PostgreSQL catalogue. */
final class HostCatalogue {
    private static final String TABLES = """
            select n.nspname::text as schema, c.relname::text as name, c.oid::bigint as oid, c.relkind::text as kind,
                   c.relkind in ('r', 'p') or pg_relation_is_updatable(c.oid, false) & 4 = 4 as updatable,
                   c.relkind in ('r', 'p')
                       or coalesce((select pg_column_is_updatable(c.oid, a.attnum, false) from pg_attribute a
                                    where a.attrelid = c.oid and a.attname = 'credits'), false) as credits_updatable
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname::text = :schema and c.relname::text = any (:names::text[])
              and c.relkind in ('r', 'p', 'v', 'm', 'f')
            """;

    private static final String BEHIND = """
            with recursive behind as (
                select :oid::oid as oid, (select oid from pg_roles where rolname = current_user) as reader
                union
                select d.refobjid,
                       case when coalesce((select o.option_value::boolean from pg_options_to_table(c.reloptions) o
                                           where o.option_name = 'security_invoker'), false)
                            then b.reader else c.relowner end
                from behind b
                join pg_class c on c.oid = b.oid and c.relkind = 'v'
                join pg_rewrite w on w.ev_class = c.oid and w.ev_type = '1'
                join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                                and d.refclassid = 'pg_class'::regclass and d.refobjid <> c.oid)
            select n.nspname::text as schema, c.relname::text as name, c.oid::bigint as oid, c.relkind::text as kind,
                   r.rolname::text as reader,
                   c.relrowsecurity and not r.rolsuper and not r.rolbypassrls
                       and (c.relforcerowsecurity or not pg_has_role(r.oid, c.relowner, 'USAGE')) as hides_rows,
                   array(select format('%I.%I', cn.nspname, ch.relname) from pg_inherits i
                         join pg_class ch on ch.oid = i.inhrelid join pg_namespace cn on cn.oid = ch.relnamespace
                         where i.inhparent = c.oid and c.relkind = 'r') as children,
                   array(select w.rulename::text from pg_rewrite w
                         where w.ev_class = c.oid and w.ev_type = '2' and w.ev_enabled <> 'D') as rules
            from behind b
            join pg_class c on c.oid = b.oid and c.relkind <> 'v'
            join pg_namespace n on n.oid = c.relnamespace
            join pg_roles r on r.oid = b.reader
            order by c.oid = :oid::oid desc, c.oid
            """;

    private static final String COLUMNS = """
            with recursive types as (
                select a.attnum, a.atttypid as type from pg_attribute a
                where a.attrelid = :oid::oid and a.attnum > 0 and not a.attisdropped
                union all
                select t.attnum, d.typbasetype from types t join pg_type d on d.oid = t.type and d.typtype = 'd')
            select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type, t.typname::text as base_type,
                   t.typcategory::text as category, a.attnotnull as required, pg_get_expr(d.adbin, d.adrelid) as default_value,
                   exists (select from pg_depend p
                           where p.refclassid = 'pg_class'::regclass and p.refobjid = a.attrelid
                             and p.refobjsubid = a.attnum
                             and (p.classid in ('pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass)
                                  or p.classid = 'pg_attrdef'::regclass and p.objid <> coalesce(d.oid, 0)))
                       or exists (select from pg_constraint k
                                  where k.contype = 'f' and (k.conrelid = a.attrelid and a.attnum = any (k.conkey)
                                                             or k.confrelid = a.attrelid and a.attnum = any (k.confkey)))
                       or exists (select from pg_partitioned_table pt
                                  where pt.partrelid = a.attrelid and a.attnum = any (pt.partattrs::smallint[]))
                       as pinned,
                   coalesce(not l.collisdeterministic, false) as caseless,
                   has_column_privilege(a.attrelid, a.attnum, 'SELECT') as readable,
                   has_column_privilege(a.attrelid, a.attnum, 'UPDATE') as updatable
            from types b join pg_type t on t.oid = b.type and t.typtype <> 'd'
            join pg_attribute a on a.attrelid = :oid::oid and a.attnum = b.attnum
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum and a.attgenerated = ''
            left join pg_collation l on l.oid = a.attcollation
            order by a.attnum
            """;

    private HostCatalogue() {}

    /** Returns the visible tables of the schema, by name. */
    static Map<String, HostTable> read(JdbcClient jdbc, String schema) {
        Map<String, HostTable> tables = new LinkedHashMap<>();
        List<HostTable> found = jdbc.sql(TABLES)
                .param("schema", schema)
                .param("names", SearchPath.tables().toArray(String[]::new))
                .query((rs, row) -> new HostTable(
                        rs.getString("schema"),
                        rs.getString("name"),
                        rs.getLong("oid"),
                        rs.getString("kind"),
                        rs.getBoolean("updatable"),
                        rs.getBoolean("credits_updatable"),
                        List.of(),
                        Map.of()))
                .list();
        for (HostTable table : found) {
            tables.put(
                    table.name(),
                    new HostTable(
                            table.schema(),
                            table.name(),
                            table.oid(),
                            table.kind(),
                            table.updatable(),
                            table.creditsUpdatable(),
                            behind(jdbc, table.oid()),
                            columns(jdbc, table.oid())));
        }
        return tables;
    }

    private static List<HostTable.Behind> behind(JdbcClient jdbc, long oid) {
        return jdbc.sql(BEHIND)
                .param("oid", oid)
                .query((rs, row) -> new HostTable.Behind(
                        rs.getString("schema"),
                        rs.getString("name"),
                        rs.getLong("oid"),
                        rs.getString("kind"),
                        rs.getString("reader"),
                        rs.getBoolean("hides_rows"),
                        texts(rs.getArray("children")),
                        texts(rs.getArray("rules"))))
                .list();
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static Map<String, HostColumn> columns(JdbcClient jdbc, long oid) {
        List<HostColumn> all = new ArrayList<>(jdbc.sql(COLUMNS)
                .param("oid", oid)
                .query((rs, row) -> column(rs))
                .list());
        Map<String, HostColumn> columns = new LinkedHashMap<>();
        all.forEach(column -> columns.put(column.name(), column));
        return columns;
    }

    private static HostColumn column(ResultSet rs) throws SQLException {
        return new HostColumn(
                rs.getString("name"),
                rs.getString("type"),
                rs.getString("base_type"),
                rs.getString("category"),
                rs.getBoolean("required"),
                rs.getString("default_value"),
                rs.getBoolean("pinned"),
                rs.getBoolean("caseless"),
                rs.getBoolean("readable"),
                rs.getBoolean("updatable"));
    }
}
