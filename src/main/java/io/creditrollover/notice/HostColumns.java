package io.creditrollover.notice;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.HostCheck;
import io.creditrollover.host.HostTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Columns of the host that the settings name: addresses and the opt-out. Checked against the catalogue. Reads only. */
@Component
class HostColumns {
    private static final String OPT_OUT = "rollover.notices.opt-out";
    private static final String ADDRESS = "rollover.notices.mail.address";

    private final JdbcClient jdbc;
    private final HostCheck host;

    HostColumns(JdbcClient jdbc, HostCheck host) {
        this.jdbc = jdbc;
        this.host = host;
    }

    /** A column of {@code users} or {@code payments}. */
    record Column(String table, String name) {
        static Column of(String setting) {
            int dot = setting.indexOf('.');
            String table = dot < 0 ? "users" : setting.substring(0, dot);
            return new Column(table, setting.substring(dot + 1));
        }

        private String quoted() {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    /** @throws ExitException 78 if the column is missing, of another type or unreadable */
    void requireAddress(String setting) {
        Column column = Column.of(setting);
        HostTables tables = host.tables();
        if (!List.of("users", "payments").contains(column.table())) {
            throw refused(
                    ADDRESS + " is " + setting + ", and must be a column of users or payments, such as users.email.");
        }
        require(ADDRESS, column, tables.textColumns(column.table()), "text");
        requireReadable(ADDRESS, column, tables);
        if (column.table().equals("payments")) {
            requireReadable(ADDRESS, new Column("payments", "user_id"), tables);
        }
    }

    /** @throws ExitException 78 if the column is missing, of another type or unreadable */
    void requireOptOut(@Nullable String setting) {
        if (setting != null) {
            Column column = optOutColumn(setting);
            HostTables tables = host.tables();
            List<String> fit = new ArrayList<>(tables.booleanColumns("users"));
            fit.addAll(tables.dateColumns("users"));
            require(OPT_OUT, column, fit, "boolean or date");
            requireReadable(OPT_OUT, column, tables);
        }
    }

    private static Column optOutColumn(String setting) {
        Column column = Column.of(setting);
        if (!column.table().equals("users")) {
            throw refused(OPT_OUT + " is " + setting + ", and must be a column of users.");
        }
        return column;
    }

    private static void require(String key, Column column, List<String> fit, String type) {
        if (!fit.contains(column.name())) {
            String known = fit.isEmpty() ? "It has none." : "It has: " + String.join(", ", fit) + ".";
            throw refused(key + " names " + column.table() + "." + column.name() + ", but " + column.table()
                    + " has no " + type + " column of this name. " + known);
        }
    }

    private void requireReadable(String key, Column column, HostTables tables) {
        if (!tables.isReadable(column.table(), column.name())) {
            throw refused(jdbc.sql("""
                            select format('%s: the role %s may not SELECT %s.%s. Grant it: GRANT SELECT (%I) ON %s TO %I;',
                                          :key::text, current_user, :table::text, :column::text, :column::text,
                                          :table::text, current_user)
                            """)
                    .param("key", key)
                    .param("table", column.table())
                    .param("column", column.name())
                    .query(String.class)
                    .single());
        }
    }

    private static ExitException refused(String sentence) {
        return new ExitException(ExitCode.CONFIGURATION, sentence);
    }

    /** Returns users with true, or with any date. */
    Set<Long> optedOut(@Nullable String setting, Collection<Long> userIds) {
        if (setting == null) {
            return Set.of();
        }
        String column = optOutColumn(setting).quoted();
        return jdbc.sql(
                        "select id from users where id = any (:ids::bigint[]) and coalesce(%s::text, 'false') <> 'false'"
                                .formatted(column))
                .param("ids", new SqlArrayValue("int8", userIds.toArray()))
                .query(Long.class)
                .set();
    }

    /** Returns addresses as stored; of the latest payment, whatever its status, without a look at earlier ones. */
    Map<Long, String> addresses(String setting, Collection<Long> userIds) {
        Column column = Column.of(setting);
        String sql = column.table().equals("users")
                ? "select id as user_id, %s::text as address from users where id = any (:ids::bigint[])"
                : """
                select distinct on (user_id) user_id, %s::text as address from payments
                where user_id = any (:ids::bigint[]) order by user_id, created_at desc nulls last, id desc
                """;
        Map<Long, String> addresses = new HashMap<>();
        jdbc.sql(sql.formatted(column.quoted()))
                .param("ids", new SqlArrayValue("int8", userIds.toArray()))
                .query(rs -> {
                    String address = rs.getString("address");
                    if (address != null) {
                        addresses.put(rs.getLong("user_id"), address);
                    }
                });
        return addresses;
    }
}
