package io.creditrollover.lease;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Stops a step between two chunks. Spring Batch's chunk loop ends early only if a policy throws. The terminate-only
 * flag then makes the step STOPPED; without it Batch would report COMPLETED with users unread.
 */
public final class ChunkInterruption implements StepInterruptionPolicy {
    private final StopSignal signal;

    /** Interrupts when {@code signal} is raised or the thread is interrupted. */
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
