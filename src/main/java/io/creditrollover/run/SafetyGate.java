package io.creditrollover.run;

import static java.util.stream.Collectors.toSet;

import io.creditrollover.decision.RolloverPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides whether a run may write. An approval covers the limits exceeded at that time. A plan within its tolerance
 * passes the limits of its own attempt. A dry run passes all.
 */
@Component
class SafetyGate {
    private static final Logger log = LoggerFactory.getLogger(SafetyGate.class);

    private final SafetyLimits limits;
    private final DryRunPlans plans;

    SafetyGate(SafetyLimits limits, DryRunPlans plans) {
        this.limits = limits;
        this.plans = plans;
    }

    /** {@code wouldBlock} is for a dry run; {@code approvedLimits} are covered by this attempt's approval. */
    record Passed(List<ExceededLimit> wouldBlock, Set<String> approvedLimits) {}

    /** @throws BlockedException if a limit is exceeded, without approval now and without a plan covering it */
    Passed beforeFirstWrite(RolloverRun run, AttemptApproval attempt, RolloverPolicy policy, ForecastFigures forecast) {
        SafetyLimits.Check check = limits.check(policy, forecast);
        check.notApplied().forEach(log::info);
        List<ExceededLimit> exceeded = exceeded(run, attempt, check, forecast);
        if (exceeded.isEmpty() || run.mode() == RunMode.DRY_RUN) {
            return new Passed(exceeded, Set.of());
        }
        String sentence = ExceededLimit.sentences(exceeded);
        if (!attempt.given()) {
            throw new BlockedException(
                    "Blocked by safety limits; nothing was written: " + sentence
                            + ". After a review, use run --date " + run.date()
                            + " --approve REASON. Or use run --date " + run.date()
                            + " --dry-run, review it, and use run --date "
                            + run.date() + " --plan with the execution id of the dry run.",
                    exceeded);
        }
        log.warn("Approved by {}: {}.", run.approvedBy(), sentence);
        return new Passed(List.of(), keys(exceeded));
    }

    private List<ExceededLimit> exceeded(
            RolloverRun run, AttemptApproval attempt, SafetyLimits.Check check, ForecastFigures forecast) {
        Long plan = run.planRunId();
        if (plan == null) {
            return check.exceeded();
        }
        List<ExceededLimit> exceeded = new ArrayList<>(plans.drift(plan, forecast.totals()));
        check.exceeded().stream()
                .filter(limit -> !attempt.planned() && limit.key().equals(ExceededLimit.SILENCE))
                .forEach(exceeded::add);
        return exceeded;
    }

    /** Checks for incoming payments; blocks without approval. Returns the keys covered by the approval. */
    Set<String> beforeResuming(RolloverRun run, AttemptApproval attempt) {
        List<ExceededLimit> exceeded = limits.silence();
        boolean passes = run.mode() == RunMode.DRY_RUN
                || attempt.given()
                || run.approvedLimits().containsAll(keys(exceeded));
        if (!passes) {
            throw new BlockedException(
                    "Run " + run.id() + " does not resume: " + ExceededLimit.sentences(exceeded)
                            + ". When new payments arrive, run or restart it again. To resume without them, add --approve REASON.",
                    exceeded);
        }
        return attempt.given() ? keys(exceeded) : Set.of();
    }

    private static Set<String> keys(List<ExceededLimit> exceeded) {
        return exceeded.stream().map(ExceededLimit::key).collect(toSet());
    }
}
