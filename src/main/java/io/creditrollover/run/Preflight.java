package io.creditrollover.run;

import io.creditrollover.rollover.RolloverOrder;
import io.creditrollover.rollover.RolloverSteps;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger log = LoggerFactory.getLogger(Preflight.class);

    private final RunTable runs;
    private final Forecasts forecasts;
    private final SafetyLimits limits;
    private final RolloverSteps steps;
    private final TransactionTemplate transaction;

    Preflight(
            RunTable runs,
            Forecasts forecasts,
            SafetyLimits limits,
            RolloverSteps steps,
            TransactionTemplate transaction) {
        this.runs = runs;
        this.forecasts = forecasts;
        this.limits = limits;
        this.steps = steps;
        this.transaction = transaction;
    }

    /**
     * Checks and prepares an attempt.
     *
     * @throws BlockedException when a limit is passed and nobody has approved it
     */
    void run(RolloverRun run, RolloverOrder order, ExecutionContext job) {
        boolean approved = run.isApproved() || order.dryRun();
        if (runs.hasWritten(run.id())) {
            block(limits.silence(), run, approved);
        } else {
            Forecast forecast = forecasts.of(order.policy());
            transaction.executeWithoutResult(status -> {
                order.guard().enter();
                runs.forecast(run.id(), JsonMapper.shared().writeValueAsString(forecast));
            });
            LimitCheck check = limits.check(order.policy(), forecast);
            check.notApplied().forEach(log::info);
            block(check.exceeded(), run, approved);
        }
        steps.freezeRanges(job, order.policy());
    }

    private static void block(List<String> exceeded, RolloverRun run, boolean approved) {
        if (exceeded.isEmpty()) {
            return;
        }
        String limits = String.join("; ", exceeded);
        if (!approved) {
            throw new BlockedException(limits + ". To go on, look at it, then run --date " + run.date()
                    + " --approve REASON; or make a dry run and carry it out with --plan.");
        }
        log.warn("Passed, since it is approved or a dry run: {}.", limits);
    }
}
