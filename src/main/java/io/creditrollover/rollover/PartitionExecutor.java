package io.creditrollover.rollover;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.task.TaskExecutor;

/**
 * An attempt's threads. {@link #close} waits for them even if interrupted: the lease is released next, and no thread
 * may write after that.
 */
public final class PartitionExecutor implements TaskExecutor, AutoCloseable {
    private final ExecutorService threads;

    PartitionExecutor(int count) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory named = work -> new Thread(work, "rollover-" + number.incrementAndGet());
        this.threads = Executors.newFixedThreadPool(count, named);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        close(threads);
    }

    /** Waits for the threads even if interrupted. */
    public static void close(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                done = threads.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
