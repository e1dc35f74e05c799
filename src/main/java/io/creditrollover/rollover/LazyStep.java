package io.creditrollover.rollover;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** Builds its step at the start: only the execution knows the partition. */
final class LazyStep implements Step {
    private final String name;
    private final Work work;

    LazyStep(String name, Work work) {
        this.name = name;
        this.work = work;
    }

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
