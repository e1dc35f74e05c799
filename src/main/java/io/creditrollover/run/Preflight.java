package io.creditrollover.run;

import io.creditrollover.host.TableIdentity;
import io.creditrollover.rollover.RolloverSteps;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.rollover.Slices;
import io.creditrollover.run.ForecastCalculator.SlicedForecast;
import java.util.Set;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the forecast, checks the safety limits and freezes the partitions; again at each attempt until the first write.
 * Later attempts check payment feed and host tables only.
 */
@Component
class Preflight {
    private final RunRepository runs;
    private final RunApprovals approvals;
    private final ForecastCalculator forecasts;
    private final SafetyGate gate;
    private final RolloverSteps steps;
    private final Snapshots snapshots;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Preflight(
            RunRepository runs,
            RunApprovals approvals,
            ForecastCalculator forecasts,
            SafetyGate gate,
            RolloverSteps steps,
            Snapshots snapshots,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.runs = runs;
        this.approvals = approvals;
        this.forecasts = forecasts;
        this.gate = gate;
        this.steps = steps;
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * @throws BlockedException if a limit is exceeded without approval
     * @throws StoppedException if the run stopped itself or the host's tables changed, without approval of this attempt
     */
    void run(RolloverRun run, RunContext order, AttemptApproval approval, ExecutionContext job) {
        Slices slices = runs.hasWritten(run.id()) ? resume(run, order, approval) : begin(run, order, approval);
        steps.freezeRanges(job, slices);
    }

    /** Reads the tables first, so the first chunk detects a change during the forecast. */
    private Slices begin(RolloverRun run, RunContext order, AttemptApproval approval) {
        TableIdentity tables = snapshots.read(() -> TableIdentity.read(jdbc));
        SlicedForecast forecast = forecasts.of(order.policy());
        write(order, () -> {
            runs.forecast(run.id(), JsonMapper.shared().writeValueAsString(forecast.figures()));
            keep(order, tables, forecast);
        });
        SafetyGate.Passed passed = gate.beforeFirstWrite(run, approval, order.policy(), forecast.figures());
        write(order, () -> {
            if (order.dryRun()) {
                runs.setWouldBlock(run.id(), passed.wouldBlock());
            }
            approvals.approveLimits(run.id(), passed.approvedLimits());
        });
        return forecast.slices();
    }

    private Slices resume(RolloverRun run, RunContext order, AttemptApproval approval) {
        if (!order.dryRun()) {
            requireLookedAt(run, order, approval);
        }
        Set<String> approved = gate.beforeResuming(run, approval);
        write(order, () -> approvals.approveLimits(run.id(), approved));
        return RunSlices.of(jdbc, run.id());
    }

    /** With an approval, forecasts the rest again; the tolerance counts from there. */
    private void requireLookedAt(RolloverRun run, RunContext order, AttemptApproval approval) {
        TableIdentity stored = new TableIdentity(run.hostTables());
        TableIdentity now = snapshots.read(() -> TableIdentity.read(jdbc));
        boolean otherTables = stored.marks().isEmpty() || !stored.lost(now).isEmpty();
        if (approval.given() && (otherTables || run.stopCause() != null)) {
            SlicedForecast rest = forecasts.of(order.policy());
            write(order, () -> keep(order, now, rest));
        } else if (otherTables) {
            throw new StoppedException(
                    StopCause.HOST_TABLES,
                    "Run " + run.id() + " does not resume: " + HostTablesCheck.difference(jdbc, stored));
        } else if (run.stopCause() == StopCause.TOLERANCE) {
            throw new StoppedException(
                    StopCause.TOLERANCE,
                    "Run " + run.id() + " does not resume: it exceeded its forecast. Check the"
                            + " payments. To decide the remaining users with a new forecast, run or restart it with --approve"
                            + " REASON.");
        }
    }

    private void keep(RunContext order, TableIdentity tables, SlicedForecast forecast) {
        RunSlices.replace(jdbc, order.runId(), forecast);
        approvals.hostTables(order.runId(), tables.marks());
    }

    private void write(RunContext order, Runnable change) {
        transaction.executeWithoutResult(status -> {
            order.guard().lockToken();
            change.run();
        });
    }
}
