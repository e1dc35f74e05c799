package io.creditrollover.lease;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Ends a step between two chunks as STOPPED. Spring Batch's chunk loop only leaves when a policy throws, and would then
 * call the step COMPLETED with users unread; the terminate-only flag is what makes it STOPPED.
 */
public final class ChunkInterruption implements StepInterruptionPolicy {
    private final StopSignal signal;

    /** Interrupts when {@code signal} is raised, or the thread interrupted. */
    public ChunkInterruption(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public void checkInterrupted(StepExecution stepExecution) throws JobInterruptedException {
        if (signal.isRequested() || Thread.currentThread().isInterrupted()) {
            stepExecution.setTerminateOnly();
            throw new JobInterruptedException("asked to stop");
        }
    }
}
