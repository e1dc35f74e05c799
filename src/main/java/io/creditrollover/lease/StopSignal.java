package io.creditrollover.lease;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks the work of one attempt to end after the chunk at hand. Safe for use by several threads; never taken back. */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks to stop. */
    public void request() {
        requested.countDown();
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
