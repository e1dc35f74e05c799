package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Policies of runs, for workers. */
@Lazy
@Component
public class RunRules {
    private final RunRepository runs;
    private final PolicyProvider policies;

    RunRules(RunRepository runs, PolicyProvider policies) {
        this.runs = runs;
        this.policies = policies;
    }

    /** Returns the manager's policy, whatever this process's configuration. */
    public RolloverPolicy of(long runId) {
        return policies.asDecided(runs.find(runId).orElseThrow());
    }
}
