package io.creditrollover.lease;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks the work of one attempt, or a part of it, to end after the chunk at hand. Safe for use by several threads; never taken back. */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final List<StopSignal> children = new CopyOnWriteArrayList<>();

    /** Returns a signal for a part of the work: raised with this one, or by itself, which this one does not notice. */
    public StopSignal child() {
        StopSignal child = new StopSignal();
        children.add(child);
        if (isRequested()) {
            child.request();
        }
        return child;
    }

    /** Asks to stop. */
    public void request() {
        requested.countDown();
        children.forEach(StopSignal::request);
    }

    /** Returns whether somebody asked. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits for a while, or until somebody asks.
     *
     * @return whether somebody asked
     * @throws InterruptedException when the thread is interrupted, which is a wish to stop too
     */
    public boolean pause(Duration atMost) throws InterruptedException {
        return requested.await(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
    }
}
