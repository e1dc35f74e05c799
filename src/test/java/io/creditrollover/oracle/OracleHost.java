package io.creditrollover.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything the host has, read at one moment, to judge everybody from. */
public final class OracleHost {

    private static final int FETCH_SIZE = 10_000;

    private final Map<Integer, OracleUser> users = new LinkedHashMap<>();
    private final Map<Integer, List<OraclePayment>> paymentsByUser = new HashMap<>();

    private OracleHost() {}

    /** From rows in memory; payments of nobody are ignored. */
    public static OracleHost of(List<OracleUser> users, List<OraclePayment> payments) {
        OracleHost host = new OracleHost();
        for (OracleUser user : users) {
            host.users.put(user.id(), user);
        }
        for (OraclePayment payment : payments) {
            host.add(payment);
        }
        return host;
    }

    /**
     * Reads users and payments. On a connection in auto-commit mode both come from one snapshot, of a transaction of
     * its own; otherwise they are read in the caller's transaction.
     */
    public static OracleHost load(Connection connection) throws SQLException {
        boolean ownTransaction = connection.getAutoCommit();
        if (!ownTransaction) {
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
        OracleHost host = new OracleHost();
        Map<String, String> words = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet row =
                    statement.executeQuery("select id, phone_number, credits, created_at from users order by id")) {
                while (row.next()) {
                    int id = row.getInt(1);
                    host.users.put(id, new OracleUser(id, row.getString(2), row.getInt(3), instant(row, 4)));
                }
            }
            try (ResultSet row =
                    statement.executeQuery("select id, user_id, plan_type, amount, credits_added, payment_status,"
                            + " created_at from payments")) {
                while (row.next()) {
                    String planType = row.getString(3);
                    String status = row.getString(6);
                    host.add(new OraclePayment(
                            row.getInt(1),
                            row.getInt(2),
                            words.computeIfAbsent(planType, word -> word),
                            row.getInt(4),
                            row.getInt(5),
                            status == null ? null : words.computeIfAbsent(status, word -> word),
                            instant(row, 7)));
                }
            }
        }
        return host;
    }

    /** The plan types of payment_plans, for {@link OracleRules#withKnownPlanTypes}. */
    public static Set<String> knownPlanTypes(Connection connection) throws SQLException {
        Set<String> known = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select plan_type from payment_plans")) {
            while (row.next()) {
                String planType = row.getString(1);
                if (planType != null) {
                    known.add(planType);
                }
            }
        }
        return known;
    }

    /** The database's clock. */
    public static Instant clock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    public Map<Integer, OracleUser> users() {
        return Collections.unmodifiableMap(users);
    }

    public List<OraclePayment> paymentsOf(int userId) {
        List<OraclePayment> payments = paymentsByUser.get(userId);
        return payments == null ? List.of() : Collections.unmodifiableList(payments);
    }

    /** Everybody's verdict, by user id, users out of scope included. */
    public Map<Integer, OracleVerdict> judgeAll(OracleRules rules, Instant now) {
        Map<Integer, OracleVerdict> verdicts = new LinkedHashMap<>();
        for (OracleUser user : users.values()) {
            verdicts.put(user.id(), Oracle.judge(rules, user, paymentsOf(user.id()), now));
        }
        return verdicts;
    }

    /** As {@link #judgeAll}, but for what is left when the sweep has waited; see {@link Oracle#judgeAfterWaiting}. */
    public Map<Integer, OracleVerdict> judgeAllAfterWaiting(OracleRules rules, Instant now) {
        Map<Integer, OracleVerdict> verdicts = new LinkedHashMap<>();
        for (OracleUser user : users.values()) {
            verdicts.put(user.id(), Oracle.judgeAfterWaiting(rules, user, paymentsOf(user.id()), now));
        }
        return verdicts;
    }

    private void add(OraclePayment payment) {
        if (users.containsKey(payment.userId())) {
            paymentsByUser
                    .computeIfAbsent(payment.userId(), nobody -> new ArrayList<>(4))
                    .add(payment);
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
