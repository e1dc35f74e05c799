package io.creditrollover.lease;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Stops a step between chunks. Batch's chunk loop ends early only if a policy throws, and would then report COMPLETED
 * with users unread. The terminate-only flag makes it STOPPED.
 */
public final class ChunkInterruption implements StepInterruptionPolicy {
    private final StopSignal signal;

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
