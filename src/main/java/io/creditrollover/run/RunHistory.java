package io.creditrollover.run;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The shares of up to six completed live runs before a date, and the rules of the last one.
 *
 * @param runs how many there are
 * @param expiredUsers the mean share of decided users who expired; 0 to 1
 * @param expiredCredits the mean share of their credits that expired; 0 to 1
 * @param lastPolicy the policy of the last live run not undone; null for none
 */
record RunHistory(
        int runs,
        double expiredUsers,
        double expiredCredits,
        @Nullable StoredPolicy lastPolicy) {
    private static final int MOST_RUNS = 6;

    static RunHistory before(LocalDate date, JdbcClient jdbc) {
        List<double[]> shares = jdbc.sql("""
                        select users_expired::float8 / nullif(users_expired + users_rolled_over, 0) as users,
                               credits_expired::float8 / nullif(credits_before, 0) as credits
                        from credit_rollover_runs
                        where mode = 'live' and status = 'COMPLETED' and rollover_date < :date and credits_before > 0
                        order by rollover_date desc limit :most
                        """)
                .param("date", date)
                .param("most", MOST_RUNS)
                .query((rs, row) -> new double[] {rs.getDouble("users"), rs.getDouble("credits")})
                .list();
        return new RunHistory(
                shares.size(),
                mean(shares, 0),
                mean(shares, 1),
                lastPolicy(date, jdbc).orElse(null));
    }

    private static Optional<StoredPolicy> lastPolicy(LocalDate date, JdbcClient jdbc) {
        return jdbc.sql("""
                        select policy from credit_rollover_runs
                        where mode = 'live' and status not in ('UNDONE', 'BLOCKED') and rollover_date < :date
                        order by rollover_date desc limit 1
                        """).param("date", date).query(String.class).optional().map(StoredPolicy::parse);
    }

    private static double mean(List<double[]> shares, int column) {
        return shares.stream().mapToDouble(share -> share[column]).average().orElse(0);
    }
}
