package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether a run may begin to write. An approval lets everything pass; a plan whose figures hold lets the limits pass; a
 * dry run is only told what would block.
 */
@Component
class SafetyGate {
    private static final Logger log = LoggerFactory.getLogger(SafetyGate.class);

    private final SafetyLimits limits;
    private final Plans plans;

    SafetyGate(SafetyLimits limits, Plans plans) {
        this.limits = limits;
        this.plans = plans;
    }

    /**
     * Asks before the first write.
     *
     * @return for a dry run what would block a live one; otherwise empty
     * @throws BlockedException when a limit is passed and nobody has approved it
     */
    Optional<String> beforeFirstWrite(RolloverRun run, RolloverPolicy policy, Forecast forecast) {
        LimitCheck check = limits.check(policy, forecast);
        check.notApplied().forEach(log::info);
        List<String> exceeded = new ArrayList<>(run.isPlanned() ? List.of() : check.exceeded());
        if (run.planRunId() != null) {
            exceeded.addAll(plans.drift(run.planRunId(), forecast));
        }
        if (exceeded.isEmpty()) {
            return Optional.empty();
        }
        String sentence = String.join("; ", exceeded);
        if (run.mode() == RunMode.DRY_RUN) {
            return Optional.of("A live run would be blocked: " + sentence + ".");
        }
        if (!run.isApproved()) {
            throw new BlockedException("Blocked, and nothing was written: " + sentence
                    + ". Two ways on, once somebody has looked: run --date " + run.date()
                    + " --approve REASON; or run --date " + run.date() + " --dry-run, read it, and run --date "
                    + run.date() + " --plan with its execution id.");
        }
        log.warn("Approved by {}: {}.", run.approvedBy(), sentence);
        return Optional.empty();
    }

    /**
     * Asks when a run goes on that has written already: payments must still be coming in.
     *
     * @throws BlockedException when they do not, and nobody has approved that
     */
    void beforeGoingOn(RolloverRun run) {
        List<String> exceeded = limits.silence();
        boolean passes = run.mode() == RunMode.DRY_RUN || run.isApproved() || run.isPlanned();
        if (!exceeded.isEmpty() && !passes) {
            throw new BlockedException("Run " + run.id() + " does not go on: " + String.join("; ", exceeded)
                    + ". When the payments are back, run or restart it again; to go on without, add --approve REASON.");
        }
    }
}
