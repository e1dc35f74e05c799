package io.creditrollover.host;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The host's tables, partitions, views with the tables behind them, and row security. A row missing from a replaced
 * table does not prove its absence.
 *
 * @param marks one fact each, as stored with a run: {@code name users 16385}, {@code table 16385 plain},
 *     {@code child 16399}, {@code view 16401 md5}
 */
public record TableIdentity(List<String> marks) {
    private static final String QUERY = """
            with recursive named as (
                select t as name, to_regclass(t)::oid as oid from unnest(array['users', 'payments', 'payment_plans']) t),
            relations as (
                select oid from named where oid is not null
                union
                select coalesce(i.inhrelid, d.refobjid) from relations r
                left join pg_inherits i on i.inhparent = r.oid
                left join pg_rewrite w on w.ev_class = r.oid
                left join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                                     and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.oid
                where coalesce(i.inhrelid, d.refobjid) is not null)
            select 'name ' || name || ' ' || coalesce(oid, 0) from named
            union all
            select 'table ' || c.oid || case when relrowsecurity then ' row security' else ' plain' end
            from relations join pg_class c using (oid) where relkind <> 'v'
            union all
            select 'child ' || inhrelid from relations join pg_inherits on inhparent = oid
            union all
            select 'view ' || c.oid || ' ' || md5(pg_get_viewdef(c.oid))
            from relations join pg_class c using (oid) where relkind = 'v'
            """;

    /** Must be fast: each chunk runs it. */
    private static final String STILL = """
            select coalesce(to_regclass('users')::oid, 0) = :users::oid
               and coalesce(to_regclass('payments')::oid, 0) = :payments::oid
               and coalesce(to_regclass('payment_plans')::oid, 0) = :plans::oid
               and (select count(*) from pg_class where oid = any(:plain::oid[]) and not relrowsecurity) = :plainCount
               and (select count(*) from pg_class where oid = any(:secured::oid[]) and relrowsecurity) = :securedCount
            """;

    private static final String CHILDREN =
            " and (select count(*) from pg_inherits where inhrelid = any(:children::oid[])) = :childCount";

    private static final String VIEWS =
            " and (select array_agg('view ' || oid || ' ' || md5(pg_get_viewdef(oid)) order by oid) from pg_class"
                    + " where oid = any(:views::oid[])) @> :viewMarks::text[]";

    public TableIdentity {
        marks = List.copyOf(marks);
    }

    /** Reads it in the caller's transaction. */
    public static TableIdentity read(JdbcClient jdbc) {
        return new TableIdentity(jdbc.sql(QUERY).query(String.class).list().stream()
                .sorted()
                .distinct()
                .toList());
    }

    /**
     * Returns whether the names still refer to these tables. Covers earlier reads of the transaction, because a read
     * locks its table.
     */
    public boolean holds(JdbcClient jdbc) {
        List<Long> children = oids("child ", "");
        List<Long> views = oids("view ", "");
        String query = STILL + (children.isEmpty() ? "" : CHILDREN) + (views.isEmpty() ? "" : VIEWS);
        return jdbc.sql(query)
                .param("users", oid("users"))
                .param("payments", oid("payments"))
                .param("plans", oid("payment_plans"))
                .param("plain", array(oids("table ", " plain")))
                .param("plainCount", oids("table ", " plain").size())
                .param("secured", array(oids("table ", " row security")))
                .param("securedCount", oids("table ", " row security").size())
                .param("children", array(children))
                .param("childCount", children.size())
                .param("views", array(views))
                .param(
                        "viewMarks",
                        new SqlArrayValue(
                                "text",
                                marks.stream()
                                        .filter(m -> m.startsWith("view "))
                                        .toArray()))
                .query(Boolean.class)
                .single();
    }

    /** Returns the marks missing from {@code now}; new tables are ignored. */
    public List<String> lost(TableIdentity now) {
        List<String> lost = new ArrayList<>(marks);
        lost.removeAll(now.marks);
        return lost;
    }

    private long oid(String name) {
        return marks.stream()
                .filter(mark -> mark.startsWith("name " + name + " "))
                .map(mark -> Long.valueOf(mark.substring(mark.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0L);
    }

    private List<Long> oids(String prefix, String suffix) {
        return marks.stream()
                .filter(mark -> mark.startsWith(prefix) && mark.endsWith(suffix))
                .map(mark -> Long.valueOf(mark.split(" ")[1]))
                .sorted()
                .toList();
    }

    private static SqlArrayValue array(List<Long> oids) {
        return new SqlArrayValue("int8", oids.toArray());
    }
}
