package io.creditrollover.report;

import io.creditrollover.run.RunSummary;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Computes a run's figures from events and payments, in the caller's snapshot. Payment months counted earlier stay. */
@Component
class FiguresComputation {
    private final JdbcClient jdbc;
    private final FiguresTable table;

    FiguresComputation(JdbcClient jdbc, FiguresTable table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** @param month the run's totals as its events have them */
    record Computed(StoredFigures figures, RunMonth month) {}

    Computed of(long runId, RunSummary run, ZoneId zone) {
        DecisionSums sums = DecisionSums.of(runId, jdbc);
        List<String> eligible = eligiblePlans(runId);
        List<PaymentMonth> known = table.endedMonths(runId, eligible, zone);
        StoredFigures figures = new StoredFigures(
                sums.lines(),
                sums.revenue(),
                ReconciliationDifference.of(sums, run),
                eligible,
                PaymentMonth.upTo(run.rolloverDate(), zone, eligible, known, jdbc));
        return new Computed(figures, RunMonth.of(run.rolloverDate(), sums));
    }

    private List<String> eligiblePlans(long runId) {
        return jdbc.sql("""
                        select plan.key from credit_rollover_runs r, jsonb_each(r.policy -> 'plans') as plan
                        where r.id = :runId and (plan.value ->> 'eligible')::boolean
                        order by plan.key collate "C"
                        """).param("runId", runId).query(String.class).list();
    }
}
