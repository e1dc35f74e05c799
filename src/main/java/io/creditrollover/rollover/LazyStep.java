package io.creditrollover.rollover;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** A step that is built when it starts, from what its execution knows by then. */
final class LazyStep implements Step {
    private final String name;
    private final Work work;

    LazyStep(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Builds the step and executes it. */
    @FunctionalInterface
    interface Work {
        void execute(StepExecution execution) throws JobInterruptedException;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void execute(StepExecution stepExecution) throws JobInterruptedException {
        work.execute(stepExecution);
    }
}
