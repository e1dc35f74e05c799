package io.creditrollover.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a second look at a completed run must give back: read from the run's row, its events and the host's tables as
 * they are now, and decided by {@link SecondLookRule}.
 */
public final class SecondLookOracle {

    private final OracleRules rules;
    private final List<OracleExpiry> expiries;
    private final OracleHost host;
    private final Instant now;

    SecondLookOracle(OracleRules rules, List<OracleExpiry> expiries, OracleHost host, Instant now) {
        this.rules = rules;
        this.expiries = List.copyOf(expiries);
        this.host = host;
        this.now = now;
    }

    /** Reads the one live run that is neither undone nor unfinished. */
    public static SecondLookOracle load(Connection connection) throws SQLException {
        long runId = SecondLookRows.completedRun(connection);
        return new SecondLookOracle(
                SecondLookRows.rules(connection, runId),
                SecondLookRows.expiries(connection, runId),
                OracleHost.load(connection),
                OracleHost.clock(connection));
    }

    /** The rules that the run stored. */
    public OracleRules rules() {
        return rules;
    }

    /** All that the run took, of users whom the host has deleted too. */
    public List<OracleExpiry> expiries() {
        return expiries;
    }

    /** What is given back, by the id of the event that took it; nothing of users whom the host has deleted. */
    public Map<Long, OracleReinstatement> reinstatements(Period forgiven) {
        Map<Long, OracleReinstatement> all = new LinkedHashMap<>();
        for (OracleExpiry expiry : expiries) {
            if (host.users().containsKey(expiry.userId())) {
                SecondLookRule.look(rules, expiry, host.paymentsOf(expiry.userId()), now, forgiven)
                        .ifPresent(reinstatement -> all.put(expiry.eventId(), reinstatement));
            }
        }
        return all;
    }

    /** Who is to be listed as BOUGHT_MEANWHILE, whether or not something is reinstated as well. */
    public Set<Long> boughtMeanwhile() {
        Set<Long> users = new TreeSet<>();
        for (OracleExpiry expiry : expiries) {
            if (host.users().containsKey(expiry.userId())
                    && SecondLookRule.boughtMeanwhile(rules, expiry, host.paymentsOf(expiry.userId()))) {
                users.add(expiry.userId());
            }
        }
        return users;
    }

    /** Every balance as it is now. */
    public Map<Long, Long> balances() {
        Map<Long, Long> balances = new TreeMap<>();
        host.users().forEach((id, user) -> balances.put(id, user.credits()));
        return balances;
    }
}
