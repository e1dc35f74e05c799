package io.creditrollover.lease;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Acquires leases. Thread-safe. */
@Component
public class Leases {
    /** The lease for changes of balances. */
    public static final String WRITER = "writer";

    private static final Logger log = LoggerFactory.getLogger(Leases.class);
    private static final int MISSED_HEARTBEATS = 3;

    private final JdbcClient jdbc;
    private final LeaseTable table;
    private final TransactionTemplate transaction;
    private final Duration duration;

    Leases(JdbcClient jdbc, TransactionTemplate transaction, RolloverProperties properties) {
        this.jdbc = jdbc;
        this.table = new LeaseTable(jdbc, transaction);
        this.transaction = transaction;
        this.duration = properties.lease().duration();
    }

    /**
     * Takes a lease; creates it at first use. Waits for a held one until it expires or is renewed.
     *
     * @param holder process and machine, for the message to a refused process
     * @param signal ends the wait; raised when the lease is lost later
     * @throws LeaseHeldException (exit code 75) if the holder renews it; nothing was written
     * @throws ExitException (exit code 75) if stopped, or if the previous holder has an open transaction
     */
    public HeldLease acquire(String name, String holder, StopSignal signal) throws InterruptedException {
        table.create(name);
        LeaseTable.Row first = table.readOrCreate(name);
        LeaseTable.Row now = first;
        while (true) {
            Optional<FencingToken> token = now.expired() ? table.takeExpired(name, holder, duration) : Optional.empty();
            if (token.isPresent()) {
                return enforce(token.get(), signal);
            }
            if (now.renewedSince(first)) {
                throw new LeaseHeldException(now.holder());
            }
            if (signal.pause(HeldLease.renewalInterval(duration).dividedBy(2))) {
                throw new ExitException(ExitCode.RETRY, "Stopped while waiting for the lease. Nothing was changed.");
            }
            now = table.readOrCreate(name);
        }
    }

    /** Returns whether the lease is held and not expired. */
    public boolean isHeld(String name) {
        return table.read(name).map(row -> !row.expired()).orElse(false);
    }

    /** Returns the last renewal of a lease. */
    public Heartbeat heartbeat(String name) {
        return table.heartbeat(name).orElse(Heartbeat.NONE);
    }

    /**
     * Returns when another process can take over a lease whose heartbeats are missing; empty while they arrive, and once
     * the lease has expired.
     */
    public Optional<Duration> takeoverIn(Heartbeat heartbeat) {
        Duration age = heartbeat.age();
        Duration missing = HeldLease.renewalInterval(duration).multipliedBy(MISSED_HEARTBEATS);
        return !heartbeat.alive() || age == null || age.compareTo(missing) <= 0
                ? Optional.empty()
                : Optional.of(age.compareTo(duration) < 0 ? duration.minus(age) : Duration.ZERO);
    }

    /** Returns the name of the lease under which a run works. */
    public static String of(boolean dryRun, long runId) {
        return dryRun ? "dry-run-" + runId : WRITER;
    }

    public FencingGuard guard(FencingToken token) {
        return new FencingGuard(jdbc, token);
    }

    private HeldLease enforce(FencingToken token, StopSignal signal) {
        HeldLease lease = new HeldLease(table, token, duration, signal);
        try {
            enforce(token);
            return lease;
        } catch (RuntimeException notEnforced) {
            // Its heartbeat would renew it for ever, with nobody at work.
            lease.close();
            throw Causes.isLockNotAvailable(notEnforced)
                    ? new ExitException(
                            ExitCode.RETRY,
                            "The previous lease holder has an open transaction. Try again later.",
                            notEnforced)
                    : notEnforced;
        }
    }

    private void enforce(FencingToken token) {
        try {
            transaction.executeWithoutResult(status -> table.enforce(token));
        } catch (RuntimeException locked) {
            if (!endFrozenSessions(locked)) {
                throw locked;
            }
            transaction.executeWithoutResult(status -> table.enforce(token));
        }
    }

    /**
     * Ends the sessions of processes that were frozen while they sent a statement, if a lock was not available. No timeout
     * of the server applies to them before PostgreSQL 17. A token locked for more than half a lease identifies them. Their
     * open chunks are rolled back and decided again. A living process that is as slow loses its chunk too.
     *
     * @param notAvailable why a statement failed
     * @return true if a session was ended, so that it is worth trying again
     */
    public boolean endFrozenSessions(RuntimeException notAvailable) {
        if (!Causes.isLockNotAvailable(notAvailable)) {
            return false;
        }
        try {
            int ended = table.endSessionsThatLockATokenLongerThan(duration.dividedBy(2));
            if (ended > 0) {
                log.warn("Sessions of frozen processes ended: {}. Their open chunks are rolled back.", ended);
            }
            return ended > 0;
        } catch (DataAccessException refused) { // a host can revoke the function
            log.warn("Sessions of frozen processes cannot be ended ({}).", Masked.firstLine(Causes.root(refused)));
            return false;
        }
    }
}
