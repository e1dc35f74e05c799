package io.creditrollover.report;

import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.Snapshots;
import io.creditrollover.run.Summaries;
import java.time.ZoneId;
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

    /** Returns the figures of a run in any mode and status; throws for an unknown id. */
    public RunFigures of(long runId) {
        return snapshots.read(() -> {
            String zone = jdbc.sql("select zone from credit_rollover_runs where id = :runId")
                    .param("runId", runId)
                    .query(String.class)
                    .single();
            return new RunFigures(
                    summaries.of(runId),
                    ZoneId.of(zone),
                    DecisionLine.of(runId, jdbc),
                    RunMonth.upTo(runId, jdbc),
                    PaymentMonth.upTo(runId, jdbc),
                    WinBack.upTo(runId, jdbc),
                    LatePayment.of(runId, MAX_LISTED, jdbc),
                    SkippedUser.of(runId, MAX_LISTED, jdbc),
                    ReconciliationDifference.of(runId, jdbc),
                    NoticeConversion.of(runId, jdbc),
                    RunFigures.Expected.of(ForecastTotals.of(runId, jdbc)));
        });
    }
}
