package io.creditrollover.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything the host has, read at one moment, to judge all users. */
public final class OracleHost {

    private final Map<Long, OracleUser> users = new LinkedHashMap<>();
    private final Map<Long, List<OraclePayment>> paymentsByUser = new HashMap<>();
    private final List<OraclePayment> orphans = new ArrayList<>();

    private OracleHost() {}

    /** From rows in memory. */
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
        return OracleRows.load(connection);
    }

    /** The plan types of payment_plans, for {@link OracleRules#withKnownPlanTypes}; none without that table. */
    public static Set<String> knownPlanTypes(Connection connection) throws SQLException {
        return OracleRows.knownPlanTypes(connection);
    }

    /** The database's clock. */
    public static Instant clock(Connection connection) throws SQLException {
        return OracleRows.clock(connection);
    }

    public Map<Long, OracleUser> users() {
        return Collections.unmodifiableMap(users);
    }

    public List<OraclePayment> paymentsOf(long userId) {
        List<OraclePayment> payments = paymentsByUser.get(userId);
        return payments == null ? List.of() : Collections.unmodifiableList(payments);
    }

    /**
     * The paid payments since the earliest W that belong to no user: those that count against
     * {@code rollover.safety.max-orphaned-payments}.
     *
     * @param usersWithEvents ids of users with an earlier event; where the host has deleted them since, their payments
     *     do not count
     */
    public List<OraclePayment> orphanedPayments(OracleRules rules, Set<Long> usersWithEvents) {
        List<OraclePayment> counted = new ArrayList<>();
        for (OraclePayment payment : orphans) {
            Long owner = payment.userId();
            boolean deletedSince = owner != null && usersWithEvents.contains(owner);
            if (payment.paid() && payment.atOrAfter(rules.earliestWindowStart()) && !deletedSince) {
                counted.add(payment);
            }
        }
        return counted;
    }

    /** The verdict on every user, by id, users out of scope included. */
    public Map<Long, OracleVerdict> judgeAll(OracleRules rules, Instant now) {
        Map<Long, OracleVerdict> verdicts = new LinkedHashMap<>();
        for (OracleUser user : users.values()) {
            verdicts.put(user.id(), Oracle.judge(rules, user, paymentsOf(user.id()), now));
        }
        return verdicts;
    }

    /** As {@link #judgeAll}, but after the sweep has waited; see {@link Oracle#judgeAfterWaiting}. */
    public Map<Long, OracleVerdict> judgeAllAfterWaiting(OracleRules rules, Instant now) {
        Map<Long, OracleVerdict> verdicts = new LinkedHashMap<>();
        for (OracleUser user : users.values()) {
            verdicts.put(user.id(), Oracle.judgeAfterWaiting(rules, user, paymentsOf(user.id()), now));
        }
        return verdicts;
    }

    private void add(OraclePayment payment) {
        Long owner = payment.userId();
        if (owner == null || !users.containsKey(owner)) {
            orphans.add(payment);
            return;
        }
        paymentsByUser.computeIfAbsent(owner, none -> new ArrayList<>(4)).add(payment);
    }
}
