package io.creditrollover.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks kind, keys, row security and rules of the host's tables. */
final class TableChecks {
    private static final Map<String, String> KINDS = Map.of("m", "a materialized view", "f", "a foreign table");

    private final JdbcClient jdbc;
    private final HostTable table;

    TableChecks(JdbcClient jdbc, HostTable table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        table.behind().forEach(behind -> {
            kind(behind, findings);
            rowSecurity(behind, findings);
        });
        if (table.name().equals("users")) {
            updates(findings);
        }
        return findings;
    }

    /** A copy or a table of another server may be out of date. */
    private void kind(HostTable.Behind behind, List<Finding> findings) {
        String kind = KINDS.get(behind.kind());
        if (kind != null) {
            findings.add(Finding.error(
                    table.name(),
                    table.name() + " is read from " + behind.qualified() + ", " + kind
                            + ", which can lack recent payments. It must be a table, or a view of tables.",
                    ""));
        }
    }

    private void rowSecurity(HostTable.Behind behind, List<Finding> findings) {
        if (behind.hidesRows()) {
            findings.add(Finding.error(
                    table.name(),
                    "Row-level security of " + behind.qualified() + " applies to the role " + behind.reader()
                            + ". Hidden rows of " + table.name() + " would count as missing.",
                    "ALTER ROLE " + Identifiers.readable(behind.reader()) + " BYPASSRLS;"));
        }
    }

    private void updates(List<Finding> findings) {
        if (!table.updatable() || (!table.creditsUpdatable() && table.columns().containsKey("credits"))) {
            findings.add(Finding.error(
                    "users.credits",
                    "The view " + table.qualified()
                            + (table.updatable() ? " computes users.credits" : " cannot be updated")
                            + ", but a run updates users.credits and locks users through it. It must select plain columns"
                            + " of one table, without joins, DISTINCT, grouping or triggers.",
                    ""));
            return;
        }
        for (HostTable.Behind behind : table.behind()) {
            behind.rules()
                    .forEach(rule -> findings.add(Finding.error(
                            "users",
                            "The rule " + rule + " of " + behind.qualified()
                                    + " rewrites updates of users. Use a trigger instead.",
                            "ALTER TABLE " + behind.qualified() + " DISABLE RULE " + Identifiers.readable(rule)
                                    + ";")));
            behind.children()
                    .forEach(child -> findings.add(Finding.error(
                            "users",
                            child + " inherits from " + behind.qualified()
                                    + ", but the unique key of users.id does not cover it.",
                            "ALTER TABLE " + child + " NO INHERIT " + behind.qualified() + ";")));
        }
        if (table.columns().containsKey("id")) {
            key(findings);
        }
        if (table.columns().containsKey("credits")) {
            generated(findings);
        }
    }

    private void key(List<Finding> findings) {
        UserKey key = UserKey.of(jdbc, table, "id");
        if (key == null) {
            findings.add(Finding.error(
                    "users.id", "users.id of the view " + table.qualified() + " is not a column of a table.", ""));
        } else if (!key.unique()) {
            String column = Identifiers.readable(key.column());
            String mend = key.keyed() || key.kind().equals("p")
                    ? "CREATE UNIQUE INDEX ON " + key.qualified() + " (" + column + ");"
                    : "ALTER TABLE " + key.qualified() + " ADD PRIMARY KEY (" + column + ");";
            findings.add(Finding.error(
                    "users.id",
                    "users.id is not unique: " + key.qualified() + " has no unique key on " + column
                            + " alone. Remove rows with the same id, then create one.",
                    mend));
        }
    }

    private void generated(List<Finding> findings) {
        UserKey credits = UserKey.of(jdbc, table, "credits");
        if (credits != null && !credits.generated().isEmpty()) {
            String column = Identifiers.readable(credits.column());
            String alter = "ALTER TABLE " + credits.qualified() + " ";
            String stored = alter + "ALTER COLUMN " + column + " DROP EXPRESSION;";
            String virtual = alter + "RENAME COLUMN " + column + " TO credits_computed; " + alter + "ADD COLUMN "
                    + column + " integer; UPDATE " + credits.qualified() + " SET " + column + " = credits_computed;";
            findings.add(Finding.error(
                    "users.credits",
                    "users.credits is a generated column, which cannot be updated. The host must store the balance itself.",
                    credits.generated().equals("s") ? stored : virtual));
        }
    }
}
