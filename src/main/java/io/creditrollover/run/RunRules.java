package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The rules of a run for a process that works on it and does not lead it. */
@Lazy
@Component
public class RunRules {
    private final RunRepository runs;
    private final PolicyProvider policies;

    RunRules(RunRepository runs, PolicyProvider policies) {
        this.runs = runs;
        this.policies = policies;
    }

    /** Returns the rules that the run's manager goes by, whatever is configured in this process. */
    public RolloverPolicy of(long runId) {
        return policies.asDecided(runs.find(runId).orElseThrow());
    }
}
