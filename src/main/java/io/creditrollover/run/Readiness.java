package io.creditrollover.run;

import io.creditrollover.exit.ExitException;
import io.creditrollover.host.HostCheck;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.schema.Migration;
import io.creditrollover.schema.OwnRights;
import io.creditrollover.schema.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Checks host tables, product tables and grants before a run's row is written. */
@Component
public class Readiness {
    /** A check takes some 230 statements; a page would need several checks. */
    private static final Duration CHECK_VALID_FOR = Duration.ofSeconds(10);

    private final Schema schema;
    private final HostCheck host;
    private final OwnRights rights;
    private final Leases leases;
    private final SearchPathCheck searchPath;
    private final ObjectProvider<LiveRunCheck> checks;
    private volatile @Nullable Long readableSince;
    private volatile boolean serving;

    Readiness(
            Schema schema,
            HostCheck host,
            OwnRights rights,
            Leases leases,
            SearchPathCheck searchPath,
            ObjectProvider<LiveRunCheck> checks) {
        this.searchPath = searchPath;
        this.checks = checks;
        this.schema = schema;
        this.host = host;
        this.rights = rights;
        this.leases = leases;
    }

    /**
     * Migrates if needed, then checks for a live run. Checks the host first: nothing is created beside refused tables.
     *
     * @throws ExitException 78 naming the missing parts; 75 if a run is active while a migration is pending
     */
    void forLiveRun(String requestedBy, StopSignal signal) throws InterruptedException {
        migrate(requestedBy, signal);
        host.require(HostCheck.Purpose.LIVE);
        rights.requireForLive();
        checks.orderedStream().forEach(LiveRunCheck::require);
    }

    /** Rejects (78) missing parts, for all commands except a live run. */
    public void forReading() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.READING);
        rights.requireForReading();
        readableSince = System.nanoTime();
    }

    /** As {@link #forReading}, for reading only. A console accepts a check of the last ten seconds; a command checks again. */
    void forViewing() {
        Long since = readableSince;
        if (!serving || since == null || System.nanoTime() - since > CHECK_VALID_FOR.toNanos()) {
            forReading();
        }
    }

    /** Rejects (78) missing parts, for the console, before it listens. */
    public void forServing() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.READING);
        rights.requireForServing();
        serving = true;
    }

    /** Rejects (78) missing parts, for a worker on another process's live run. */
    public void forWorker() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.LIVE);
        rights.requireForLive();
    }

    /** Migrates the product's tables. Rejects (78) a failure, (75) an active run. */
    public Migration migrate(String requestedBy, StopSignal signal) throws InterruptedException {
        searchPath.require();
        host.require(HostCheck.Purpose.SHAPE);
        if (schema.exists() && !schema.pending().isEmpty()) {
            try (HeldLease lease = leases.acquire(Leases.WRITER, requestedBy, signal)) {
                return schema.migrate(signal::isRequested);
            }
        }
        return schema.migrate(signal::isRequested);
    }
}
