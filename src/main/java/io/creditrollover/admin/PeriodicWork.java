package io.creditrollover.admin;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Work that one thread of {@code serve} repeats until the shutdown. */
abstract class PeriodicWork implements SmartLifecycle {
    private final ScheduledExecutorService timer;
    private final Duration first;
    private final Duration interval;
    private volatile boolean running;

    PeriodicWork(ThreadFactory threads, Duration first, Duration interval) {
        this.timer = Executors.newSingleThreadScheduledExecutor(threads);
        this.first = first;
        this.interval = interval;
    }

    /** Must not throw: an exception would end the repetition. */
    abstract void work();

    @Override
    public void start() {
        running = true;
        var unused =
                timer.scheduleWithFixedDelay(this::work, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
