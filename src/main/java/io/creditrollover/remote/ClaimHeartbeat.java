package io.creditrollover.remote;

import io.creditrollover.lease.HeldLease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Renews a worker's claims at the lease's renewal interval, on its own thread and connection. */
final class ClaimHeartbeat implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClaimHeartbeat.class);

    private final Claims claims;
    private final Set<Claim> inHand = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "signs-of-life");
        daemon.setDaemon(true);
        return daemon;
    });

    ClaimHeartbeat(Claims claims, Duration lease) {
        this.claims = claims;
        long interval = HeldLease.renewalInterval(lease).toMillis();
        var unused = thread.scheduleWithFixedDelay(this::give, interval, interval, TimeUnit.MILLISECONDS);
    }

    void begin(Claim claim) {
        inHand.add(claim);
    }

    void end(Claim claim) {
        inHand.remove(claim);
    }

    private void give() {
        List<Claim> now = List.copyOf(inHand);
        try {
            if (!now.isEmpty()) {
                claims.renew(now);
            }
        } catch (DataAccessException | TransactionException unreachable) {
            log.warn("The heartbeat failed ({}). Retrying.", unreachable.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
