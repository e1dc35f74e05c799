package io.creditrollover.host;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Generates views with the contract's names and types over the host's tables. A column missing from the host is null
 * there: users are then skipped, not expired.
 */
final class AdapterViews {
    static final String SCHEMA = "credit_rollover_host";
    private static final String OWN_ID = "credit_rollover_id";

    private final Map<String, HostTable> tables;
    private final String role;
    private final boolean superuser;
    private final ZoneId zone;

    AdapterViews(Map<String, HostTable> tables, String role, boolean superuser, ZoneId zone) {
        this.tables = tables;
        this.role = role;
        this.superuser = superuser;
        this.zone = zone;
    }

    /** Returns SQL to paste, with the matching setting. */
    String statements() {
        List<String> statements = new ArrayList<>();
        boolean inPlace =
                tables.values().stream().allMatch(table -> table.schema().equals(SCHEMA));
        if (!inPlace) {
            statements.add("CREATE SCHEMA " + SCHEMA);
        }
        tables.values().stream()
                .filter(this::needsIdOfItsOwn)
                .forEach(table -> statements.add("ALTER TABLE " + table.qualified() + " ADD COLUMN " + OWN_ID
                        + " bigint GENERATED ALWAYS AS IDENTITY UNIQUE"));
        tables.values().forEach(table -> {
            String from = table.qualified();
            if (table.schema().equals(SCHEMA)) {
                from = SCHEMA + "." + table.name() + "_before";
                statements.add("ALTER VIEW " + table.qualified() + " RENAME TO " + table.name() + "_before");
            }
            statements.add(view(table, from));
        });
        if (!superuser) {
            String grantee = Identifiers.readable(role);
            statements.add("GRANT USAGE ON SCHEMA " + SCHEMA + " TO " + grantee);
            statements.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + SCHEMA + " TO " + grantee);
            statements.add("GRANT UPDATE (credits) ON " + SCHEMA + ".users TO " + grantee);
        }
        return String.join("; ", statements) + ";"
                + (inPlace ? "" : " Then set rollover.host.schema (ROLLOVER_HOST_SCHEMA) to " + SCHEMA + ".");
    }

    /** True for an id without a numeric form, such as a uuid. */
    private boolean needsIdOfItsOwn(HostTable table) {
        HostColumn id = table.columns().get("id");
        return id != null
                && !id.isInteger()
                && Conversions.of(new Needed(table.name(), "id", Needed.Kind.ID, "bigint"), id, "id", zone) == null
                && !table.isView()
                && !table.columns().containsKey(OWN_ID)
                && !table.name().equals("payment_plans");
    }

    private String view(HostTable table, String from) {
        boolean joins = table.name().equals("payments") && refersToUuids();
        String columns = Needed.of(table.name()).stream()
                .map(needed -> expression(table, needed, joins ? "t." : ""))
                .collect(Collectors.joining(", "));
        HostTable users = tables.get("users");
        String source =
                joins && users != null ? from + " t LEFT JOIN " + users.qualified() + " u ON u.id = t.user_id" : from;
        return "CREATE VIEW " + SCHEMA + "." + table.name() + " AS SELECT " + columns + " FROM " + source;
    }

    private boolean refersToUuids() {
        HostTable users = tables.get("users");
        HostTable payments = tables.get("payments");
        if (users == null || payments == null) {
            return false;
        }
        HostColumn id = users.columns().get("id");
        HostColumn userId = payments.columns().get("user_id");
        return id != null
                && userId != null
                && needsIdOfItsOwn(users)
                && userId.type().equals(id.type());
    }

    private String expression(HostTable table, Needed needed, String alias) {
        String name = needed.column();
        HostColumn column = table.columns().get(name);
        if (column == null) {
            String other = similar(table, name);
            return (other == null ? "NULL::" + needed.type() : alias + Identifiers.quoted(other)) + " AS " + name;
        }
        if (needed.wrong(column) == null) {
            return alias + name;
        }
        if (name.equals("user_id") && !alias.isEmpty()) {
            return "u." + OWN_ID + " AS user_id";
        }
        String conversion = Conversions.of(needed, column, alias + name, zone);
        if (conversion == null && name.equals("id")) {
            return alias + OWN_ID + " AS id";
        }
        return (conversion == null ? "NULL::" + needed.type() : conversion) + " AS " + name;
    }

    /** Finds a column by name, ignoring case and underscores. */
    private static @Nullable String similar(HostTable table, String name) {
        return table.columns().values().stream()
                .filter(column -> plain(column.name()).equals(plain(name)))
                .map(HostColumn::name)
                .findFirst()
                .orElse(null);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "");
    }
}
