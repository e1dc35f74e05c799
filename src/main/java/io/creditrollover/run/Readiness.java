package io.creditrollover.run;

import io.creditrollover.exit.ExitException;
import io.creditrollover.host.HostCheck;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.schema.Migration;
import io.creditrollover.schema.OwnRights;
import io.creditrollover.schema.Schema;
import org.springframework.stereotype.Component;

/** Checks before a run's row is written: the host's tables, the product's tables and grants. */
@Component
public class Readiness {
    private final Schema schema;
    private final HostCheck host;
    private final OwnRights rights;
    private final Leases leases;
    private final SearchPathCheck searchPath;

    Readiness(Schema schema, HostCheck host, OwnRights rights, Leases leases, SearchPathCheck searchPath) {
        this.searchPath = searchPath;
        this.schema = schema;
        this.host = host;
        this.rights = rights;
        this.leases = leases;
    }

    /**
     * Applies pending migrations, then checks the needs of a live run. Checks the host first: nothing is created beside
     * refused tables.
     *
     * @throws ExitException 78 naming the missing parts; 75 if a run is active while a migration is pending
     */
    void forLiveRun(String requestedBy, StopSignal signal) throws InterruptedException {
        migrate(requestedBy, signal);
        host.require(HostCheck.Purpose.LIVE);
        rights.requireForLive();
    }

    /**
     * Checks the needs of all commands except a live run.
     *
     * @throws ExitException 78 naming the missing parts
     */
    public void forReading() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.READING);
        rights.requireForReading();
    }

    /**
     * Checks the needs of the console, before it listens.
     *
     * @throws ExitException 78 naming the missing parts
     */
    public void forServing() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.READING);
        rights.requireForServing();
    }

    /**
     * Checks the needs of a worker on another process's live run.
     *
     * @throws ExitException 78 naming the missing parts
     */
    public void forWorker() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.LIVE);
        rights.requireForLive();
    }

    /**
     * Migrates the product's tables while no run is active.
     *
     * @return the applied migrations and notes for the operator
     * @throws ExitException 78 if it fails; 75 if a run is active
     */
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
