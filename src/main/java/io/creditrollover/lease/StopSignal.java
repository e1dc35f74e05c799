package io.creditrollover.lease;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests a stop after the current chunk; irrevocable. Thread-safe. */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final List<StopSignal> children = new CopyOnWriteArrayList<>();

    /** Returns a signal raised with this one, or alone without effect on this one. */
    public StopSignal child() {
        StopSignal child = new StopSignal();
        children.add(child);
        if (isRequested()) {
            child.request();
        }
        return child;
    }

    public void request() {
        requested.countDown();
        children.forEach(StopSignal::request);
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Returns whether a stop was requested within {@code atMost}. Treat an interrupt as a stop request. */
    public boolean pause(Duration atMost) throws InterruptedException {
        return requested.await(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
    }
}
