package io.creditrollover.cli;

import io.creditrollover.run.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LogProgress implements Progress {
    private static final Logger log = LoggerFactory.getLogger(LogProgress.class);
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private long saidNanos = System.nanoTime();

    @Override
    public synchronized void at(long done, long total) {
        long now = System.nanoTime();
        if (now - saidNanos >= INTERVAL_NANOS) {
            saidNanos = now;
            log.info("{} of {} users", done, total == 0 ? "?" : total);
        }
    }
}
