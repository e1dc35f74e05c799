package io.creditrollover.lease;

import io.creditrollover.exit.Masked;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A lease in force, renewed in the background until closed or lost. A takeover, or a whole duration without renewal,
 * loses it and raises the stop signal.
 */
public final class HeldLease implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

    private final LeaseTable table;
    private final FencingToken token;
    private final Duration duration;
    private final StopSignal signal;
    private final ScheduledExecutorService heartbeat;
    private volatile long renewedNanos = System.nanoTime();
    private volatile boolean lost;

    HeldLease(LeaseTable table, FencingToken token, Duration duration, StopSignal signal) {
        this.table = table;
        this.token = token;
        this.duration = duration;
        this.signal = signal;
        this.heartbeat = Executors.newSingleThreadScheduledExecutor(HeldLease::heartbeatThread);
        long interval = renewalInterval(duration).toMillis();
        var unused = heartbeat.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Returns the heartbeat interval; short, so that a waiting process soon sees a live holder. */
    public static Duration renewalInterval(Duration lease) {
        return Duration.ofMillis(Math.min(5_000, Math.max(100, lease.toMillis() / 10)));
    }

    public FencingToken token() {
        return token;
    }

    public boolean isLost() {
        return lost;
    }

    /** Returns the exception (exit code 75) for the loss. */
    public LeaseLostException loss() {
        return new LeaseLostException(token);
    }

    /**
     * Renews now. The commit waits for the disk, and so for everything that was committed asynchronously before.
     *
     * @throws LeaseLostException (exit code 75) after a takeover
     */
    public void confirm() {
        long started = System.nanoTime();
        if (!table.renew(token, duration)) {
            lose("another process took it over");
            throw loss();
        }
        renewedNanos = started;
    }

    /** Requests a stop after the current chunk. The lease stays in force until closed. */
    public void requestStop() {
        signal.request();
    }

    private void renew() {
        long started = System.nanoTime();
        try {
            if (table.renew(token, duration)) {
                renewedNanos = started;
            } else {
                lose("another process took it over");
            }
        } catch (DataAccessException | TransactionException unreachable) {
            log.warn("Lease {} could not be renewed ({}). Retrying.", token.name(), Masked.firstLine(unreachable));
            if (started - renewedNanos > duration.toNanos()) {
                lose("it was not renewed for " + duration);
            }
        }
    }

    private void lose(String why) {
        if (!lost) {
            lost = true;
            log.warn("Lease {} is lost: {}. Work stops. Uncommitted work is rolled back.", token.name(), why);
            signal.request();
        }
    }

    /** Releases the lease for the next holder. If the database is unreachable, the lease runs out. */
    @Override
    public void close() {
        heartbeat.shutdownNow();
        try {
            table.release(token);
        } catch (DataAccessException | TransactionException unreachable) {
            log.warn("Lease {} could not be released. It expires within {}.", token.name(), duration);
        }
    }

    private static Thread heartbeatThread(Runnable work) {
        Thread thread = new Thread(work, "lease-heartbeat");
        thread.setDaemon(true);
        return thread;
    }
}
