package io.creditrollover.run;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Means of up to six completed live runs before a date.
 *
 * @param everCompleted whether a live run of any date completed, even if undone since
 * @param expiredUsers mean ratio to decided users
 * @param expiredCredits mean ratio to credits of decided users
 * @param lastPolicy of the last live run neither undone nor blocked; null for none
 */
record RunHistory(
        boolean everCompleted,
        int runs,
        Ratio expiredUsers,
        Ratio expiredCredits,
        @Nullable StoredPolicy lastPolicy) {
    private static final int MAX_RUNS = 6;

    static RunHistory before(LocalDate date, JdbcClient jdbc) {
        List<Shares> shares = jdbc.sql("""
                        select users_expired, users_expired + users_rolled_over as users, credits_expired, credits_before
                        from credit_rollover_runs
                        where mode = 'live' and status = 'COMPLETED' and rollover_date < :date and credits_before > 0
                        order by rollover_date desc limit :most
                        """)
                .param("date", date)
                .param("most", MAX_RUNS)
                .query((rs, row) -> new Shares(
                        Ratio.of(rs.getLong("users_expired"), rs.getLong("users")),
                        Ratio.of(rs.getLong("credits_expired"), rs.getLong("credits_before"))))
                .list();
        return new RunHistory(
                everCompleted(jdbc),
                shares.size(),
                Ratio.mean(shares.stream().map(Shares::users).toList()),
                Ratio.mean(shares.stream().map(Shares::credits).toList()),
                lastPolicy(date, jdbc).orElse(null));
    }

    private record Shares(Ratio users, Ratio credits) {}

    /** An undone run counts if it was reconciled before. */
    private static boolean everCompleted(JdbcClient jdbc) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_runs
                                       where mode = 'live' and (status = 'COMPLETED'
                                                                or status = 'UNDONE' and users_processed > 0))
                        """).query(Boolean.class).single();
    }

    private static Optional<StoredPolicy> lastPolicy(LocalDate date, JdbcClient jdbc) {
        return jdbc.sql("""
                        select policy from credit_rollover_runs
                        where mode = 'live' and status not in ('UNDONE', 'BLOCKED') and rollover_date < :date
                        order by rollover_date desc limit 1
                        """).param("date", date).query(String.class).optional().map(StoredPolicy::parse);
    }
}
