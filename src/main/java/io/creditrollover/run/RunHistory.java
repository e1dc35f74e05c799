package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Completed live runs before a date.
 *
 * @param everCompleted whether a live run of any date completed, even if undone since
 * @param runs the latest ones, up to six, that had credits to decide
 * @param lastPolicy of the last live run neither undone nor blocked; null for none
 */
record RunHistory(
        boolean everCompleted, List<Totals> runs, @Nullable StoredPolicy lastPolicy) {
    static RunHistory before(LocalDate date, JdbcClient jdbc) {
        List<Totals> runs = jdbc.sql("""
                        select users_rolled_over, users_expired, users_skipped, credits_before, credits_rolled_over,
                               credits_expired
                        from credit_rollover_runs
                        where mode = 'live' and status = 'COMPLETED' and rollover_date < :date and credits_before > 0
                        order by rollover_date desc limit :most
                        """)
                .param("date", date)
                .param("most", UsualShare.MAX_RUNS)
                .query((rs, row) -> Totals.of(rs))
                .list();
        return new RunHistory(everCompleted(jdbc), runs, lastPolicy(date, jdbc).orElse(null));
    }

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
