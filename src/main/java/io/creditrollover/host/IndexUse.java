package io.creditrollover.host;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks by EXPLAIN whether a chunk reads payments by an index. */
@Component
public class IndexUse {
    private static final String PAGE = """
            explain select user_id, id, plan_type::text, created_at from payments
            where user_id between :first and :last and payment_status::text = 'paid' and created_at < now()
            """;

    private final JdbcClient jdbc;
    private final HostCheck host;
    private final TransactionTemplate transaction;

    IndexUse(JdbcClient jdbc, HostCheck host, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.host = host;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Warns if a view {@code payments} needs a full scan. For a table, migrate builds the indexes. */
    public List<Finding> findings() {
        HostTables tables = host.tables();
        if (!tables.isView("payments")) {
            return List.of();
        }
        @Nullable UserKey key = host.origin("payments", "user_id");
        String table = key == null ? null : key.table();
        String plan = Objects.requireNonNull(transaction.execute(status -> plan()));
        boolean whole = table == null ? plan.contains("Seq Scan on") : scans(plan, table);
        if (!whole) {
            return List.of();
        }
        return List.of(Finding.warning(
                "payments",
                "Each page of users reads "
                        + (key == null ? "all tables behind the view payments" : "all of " + key.qualified())
                        + ", because no index has user_id. This slows down a run.",
                key == null
                        ? "On each table of the view payments, create an index on the column behind user_id."
                        : "CREATE INDEX CONCURRENTLY ON " + key.qualified() + " (" + Identifiers.readable(key.column())
                                + ");"));
    }

    private static boolean scans(String plan, String table) {
        return plan.lines()
                .anyMatch(line -> line.contains("Seq Scan on " + table + " ")
                        || line.endsWith("Seq Scan on " + table)
                        || line.contains("Seq Scan on \"" + table + "\""));
    }

    /** Makes full scans expensive, because the planner prefers them for a small table. */
    private String plan() {
        jdbc.sql("select set_config('enable_seqscan', 'off', true)").query().singleRow();
        List<String> lines = jdbc.sql(PAGE)
                .params(Map.of("first", 1L, "last", 1000L))
                .query(String.class)
                .list();
        return String.join("\n", lines);
    }
}
