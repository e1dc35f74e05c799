package io.creditrollover.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the host's rows. Instants are read as decimal seconds, so that neither a driver's nor a calendar's limits can
 * change a date of year 1 or an infinite one.
 */
final class OracleRows {

    private static final int FETCH_SIZE = 10_000;

    private OracleRows() {}

    static OracleHost load(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            return read(connection);
        }
        connection.setAutoCommit(false);
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
            }
            return read(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static OracleHost read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            return OracleHost.of(users(statement), payments(statement));
        }
    }

    /** A balance of null is read as 0: neither is above 0, so both are out of scope. */
    private static List<OracleUser> users(Statement statement) throws SQLException {
        List<OracleUser> users = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("""
                select id, phone_number, coalesce(credits, 0), extract(epoch from created_at)::text
                from users order by id
                """)) {
            while (row.next()) {
                users.add(new OracleUser(row.getLong(1), row.getString(2), row.getLong(3), instant(row.getString(4))));
            }
        }
        return users;
    }

    private static List<OraclePayment> payments(Statement statement) throws SQLException {
        Map<String, String> words = new HashMap<>();
        List<OraclePayment> payments = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("""
                select id, user_id, plan_type, amount, credits_added, payment_status,
                       extract(epoch from created_at)::text
                from payments
                """)) {
            while (row.next()) {
                payments.add(new OraclePayment(
                        row.getLong(1),
                        nullableLong(row, 2),
                        shared(words, row.getString(3)),
                        row.getLong(4),
                        nullableLong(row, 5),
                        shared(words, row.getString(6)),
                        instant(row.getString(7))));
            }
        }
        return payments;
    }

    static Set<String> knownPlanTypes(Connection connection) throws SQLException {
        Set<String> known = new TreeSet<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("select to_regclass('payment_plans') is null")) {
                row.next();
                if (row.getBoolean(1)) {
                    return known;
                }
            }
            try (ResultSet row = statement.executeQuery("select plan_type from payment_plans")) {
                while (row.next()) {
                    String planType = row.getString(1);
                    if (planType != null) {
                        known.add(planType);
                    }
                }
            }
        }
        return known;
    }

    static Instant clock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select extract(epoch from clock_timestamp())::text")) {
            row.next();
            Instant now = instant(row.getString(1));
            if (now == null) {
                throw new IllegalStateException("the database has no clock");
            }
            return now;
        }
    }

    private static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable String shared(Map<String, String> words, @Nullable String word) {
        return word == null ? null : words.computeIfAbsent(word, same -> same);
    }

    static @Nullable Instant instant(@Nullable String epochSeconds) {
        if (epochSeconds == null) {
            return null;
        }
        return switch (epochSeconds) {
            case "Infinity" -> Instant.MAX;
            case "-Infinity" -> Instant.MIN;
            default -> {
                BigDecimal seconds = new BigDecimal(epochSeconds);
                BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
                yield Instant.ofEpochSecond(
                        whole.longValueExact(),
                        seconds.subtract(whole).movePointRight(9).longValueExact());
            }
        };
    }
}
