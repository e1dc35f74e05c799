package io.creditrollover.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a run has stored. */
final class SecondLookRows {

    private SecondLookRows() {}

    static long completedRun(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select id from credit_rollover_runs where mode = 'live' and status = 'COMPLETED'");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("no completed run");
            }
            long id = row.getLong(1);
            if (row.next()) {
                throw new IllegalStateException("several completed runs");
            }
            return id;
        }
    }

    static OracleRules rules(Connection connection, long runId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select rollover_date, zone, policy ->> 'pendingGrace', extract(epoch from cutoff)::text
                from credit_rollover_runs where id = ?
                """)) {
            select.setLong(1, runId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                OracleRules rules = new OracleRules(
                        ZoneId.of(row.getString(2)),
                        row.getObject(1, LocalDate.class),
                        plans(connection, runId),
                        OracleHost.knownPlanTypes(connection),
                        Duration.parse(row.getString(3)),
                        unpaidStatuses(connection, runId));
                Instant cutoff = OracleRows.instant(row.getString(4));
                if (!rules.cutoff().equals(cutoff)) {
                    throw new IllegalStateException("the run's cut-off is " + cutoff + ", not " + rules.cutoff());
                }
                return rules;
            }
        }
    }

    private static Map<String, OraclePlan> plans(Connection connection, long runId) throws SQLException {
        Map<String, OraclePlan> plans = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select p.key, (p.value ->> 'eligible')::boolean, p.value ->> 'window',
                       (p.value ->> 'maxCredits')::int, (p.value ->> 'carryPercent')::int
                from credit_rollover_runs r, jsonb_each(r.policy -> 'plans') p
                where r.id = ?
                """)) {
            select.setLong(1, runId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int max = row.getInt(4);
                    Integer maxCredits = row.wasNull() ? null : (Integer) max;
                    plans.put(
                            row.getString(1),
                            new OraclePlan(
                                    row.getBoolean(2), Period.parse(row.getString(3)), maxCredits, row.getInt(5)));
                }
            }
        }
        return plans;
    }

    private static Set<String> unpaidStatuses(Connection connection, long runId) throws SQLException {
        Set<String> statuses = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select s
                from credit_rollover_runs r,
                     jsonb_array_elements_text(case jsonb_typeof(r.policy -> 'unpaidStatuses')
                                               when 'array' then r.policy -> 'unpaidStatuses' else '[]' end) s
                where r.id = ?
                """)) {
            select.setLong(1, runId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    statuses.add(row.getString(1));
                }
            }
        }
        return statuses;
    }

    static List<OracleExpiry> expiries(Connection connection, long runId) throws SQLException {
        List<OracleExpiry> expiries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select e.id, e.user_id, e.credits_before, e.credits_after, e.credits_protected,
                       extract(epoch from e.created_at)::text,
                       (select sum(g.credits_after - g.credits_before)
                        from credit_rollover_events g where g.reverses = e.id)
                from credit_rollover_events e
                where e.run_id = ? and e.action in ('rollover', 'expiry') and e.credits_after < e.credits_before
                order by e.id
                """)) {
            select.setLong(1, runId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    expiries.add(expiry(row));
                }
            }
        }
        return expiries;
    }

    private static OracleExpiry expiry(ResultSet row) throws SQLException {
        Instant decidedAt = OracleRows.instant(row.getString(6));
        if (decidedAt == null) {
            throw new IllegalStateException("an event without created_at");
        }
        long givenBack = row.getLong(7);
        boolean givenBackBefore = !row.wasNull();
        return new OracleExpiry(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                decidedAt,
                givenBack,
                givenBackBefore);
    }
}
