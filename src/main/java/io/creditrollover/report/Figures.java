package io.creditrollover.report;

import io.creditrollover.run.Snapshots;
import io.creditrollover.run.Summaries;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a run's figures in one snapshot of events and payments: the same data give the same figures. Reads only. Safe
 * for use by several threads.
 */
@Component
public class Figures {
    /** Users listed in a report; the CSV has all. */
    private static final int MAX_LISTED = 20;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final Summaries summaries;

    Figures(JdbcClient jdbc, Snapshots snapshots, Summaries summaries) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.summaries = summaries;
    }

    /** Reads only forecast fields common to all versions. */
    private record Terms(
            String zone,
            @Nullable Long usersExpected,
            @Nullable Long creditsExpected) {
        @Nullable Expected expected() {
            return usersExpected == null || creditsExpected == null
                    ? null
                    : new Expected(usersExpected, creditsExpected);
        }
    }

    /** Returns the figures of a run in any mode and status; throws for an unknown id. */
    public RunFigures of(long runId) {
        return snapshots.read(() -> {
            Terms terms = jdbc.sql("""
                            select zone, (forecast ->> 'usersExpired')::bigint as users_expected,
                                   (forecast ->> 'creditsExpired')::bigint as credits_expected
                            from credit_rollover_runs where id = :runId
                            """).param("runId", runId).query(Terms.class).single();
            return new RunFigures(
                    summaries.of(runId),
                    ZoneId.of(terms.zone()),
                    DecisionLine.of(runId, jdbc),
                    RunMonth.upTo(runId, jdbc),
                    PaymentMonth.upTo(runId, jdbc),
                    WinBack.upTo(runId, jdbc),
                    LatePayment.of(runId, MAX_LISTED, jdbc),
                    SkippedUser.of(runId, MAX_LISTED, jdbc),
                    ReconciliationDifference.of(runId, jdbc),
                    terms.expected(),
                    Reinstated.upTo(runId, jdbc));
        });
    }
}
