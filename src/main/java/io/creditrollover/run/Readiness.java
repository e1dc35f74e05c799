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

/** What must be in order before a run's row is so much as written: the host's tables, this system's, grants. */
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
     * Migrates where something is pending, then checks what a live run needs. The host goes first: where its tables are
     * refused, nothing is made beside them.
     *
     * @throws ExitException 78 naming what is missing, 75 where a run is at work while something is pending
     */
    void forLiveRun(String requestedBy, StopSignal signal) throws InterruptedException {
        migrate(requestedBy, signal);
        host.require(HostCheck.Purpose.LIVE);
        rights.requireForLive();
    }

    /**
     * Checks what everything but a live run needs.
     *
     * @throws ExitException 78 naming what is missing
     */
    public void forReading() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.READING);
        rights.requireForReading();
    }

    /**
     * Checks what a server for people needs, before it listens.
     *
     * @throws ExitException 78 naming what is missing
     */
    public void forServing() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.READING);
        rights.requireForServing();
    }

    /**
     * Checks what a worker on somebody else's live run needs.
     *
     * @throws ExitException 78 naming what is missing
     */
    public void forWorker() {
        searchPath.require();
        host.lookAgain();
        schema.requireCurrent();
        host.require(HostCheck.Purpose.LIVE);
        rights.requireForLive();
    }

    /**
     * Brings this system's tables up to date, while no run is at work.
     *
     * @return what was missing before
     * @throws ExitException 78 when it fails, 75 when a run is at work
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
