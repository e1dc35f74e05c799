package io.creditrollover.run;

import io.creditrollover.rollover.RolloverOrder;
import io.creditrollover.rollover.RolloverSteps;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Before the first write: the forecast, held against the safety limits, and the key ranges frozen. Until a run has
 * written something all of it is done afresh at each attempt; after that only the payment feed is looked at again.
 */
@Component
class Preflight {
    private final RunTable runs;
    private final Forecasts forecasts;
    private final SafetyGate gate;
    private final RolloverSteps steps;
    private final TransactionTemplate transaction;

    Preflight(
            RunTable runs, Forecasts forecasts, SafetyGate gate, RolloverSteps steps, TransactionTemplate transaction) {
        this.runs = runs;
        this.forecasts = forecasts;
        this.gate = gate;
        this.steps = steps;
        this.transaction = transaction;
    }

    /**
     * Checks and prepares an attempt.
     *
     * @throws BlockedException when a limit is passed and nobody has approved it
     */
    void run(RolloverRun run, RolloverOrder order, ExecutionContext job) {
        if (runs.hasWritten(run.id())) {
            gate.beforeGoingOn(run);
        } else {
            Forecast forecast = forecasts.of(order.policy());
            write(order, () -> runs.forecast(run.id(), JsonMapper.shared().writeValueAsString(forecast)));
            gate.beforeFirstWrite(run, order.policy(), forecast)
                    .ifPresent(remark -> write(order, () -> runs.remark(run.id(), remark)));
        }
        steps.freezeRanges(job, order.policy());
    }

    private void write(RolloverOrder order, Runnable change) {
        transaction.executeWithoutResult(status -> {
            order.guard().enter();
            change.run();
        });
    }
}
