package io.creditrollover.rollover;

import java.util.function.Function;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** A step that is built when it starts, from what its execution knows by then. */
final class DeferredStep implements Step {
    private final String name;
    private final Function<StepExecution, Step> stepOf;

    DeferredStep(String name, Function<StepExecution, Step> stepOf) {
        this.name = name;
        this.stepOf = stepOf;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void execute(StepExecution stepExecution) throws JobInterruptedException {
        stepOf.apply(stepExecution).execute(stepExecution);
    }
}
