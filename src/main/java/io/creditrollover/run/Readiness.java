package io.creditrollover.run;

import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.schema.HostAccess;
import io.creditrollover.schema.Schema;
import java.util.List;
import org.springframework.stereotype.Component;

/** What must be in order before a run's row is so much as written: tables, grants, row-level security. */
@Component
public class Readiness {
    private final Schema schema;
    private final HostAccess host;
    private final Leases leases;
    private final SearchPathCheck searchPath;

    Readiness(Schema schema, HostAccess host, Leases leases, SearchPathCheck searchPath) {
        this.searchPath = searchPath;
        this.schema = schema;
        this.host = host;
        this.leases = leases;
    }

    /**
     * Migrates where something is pending, then checks what a live run needs.
     *
     * @throws ExitException 78 naming what is missing, 75 where a run is at work while something is pending
     */
    void forLiveRun(String requestedBy, StopSignal signal) throws InterruptedException {
        migrate(requestedBy, signal);
        host.requireForLive();
    }

    /**
     * Checks what everything but a live run needs.
     *
     * @throws ExitException 78 naming what is missing
     */
    public void forReading() {
        searchPath.require();
        schema.requireCurrent();
        host.requireForReading();
    }

    /**
     * Checks what a server for people needs, before it listens.
     *
     * @throws ExitException 78 naming what is missing
     */
    public void forServing() {
        searchPath.require();
        schema.requireCurrent();
        host.requireForServing();
    }

    /**
     * Checks what a worker on somebody else's live run needs.
     *
     * @throws ExitException 78 naming what is missing
     */
    public void forWorker() {
        searchPath.require();
        schema.requireCurrent();
        host.requireForLive();
    }

    /**
     * Brings this system's tables up to date, while no run is at work.
     *
     * @return what was missing before
     * @throws ExitException 78 when it fails, 75 when a run is at work
     */
    public List<String> migrate(String requestedBy, StopSignal signal) throws InterruptedException {
        searchPath.require();
        if (schema.exists() && !schema.pending().isEmpty()) {
            try (HeldLease lease = leases.acquire(Leases.WRITER, requestedBy, signal)) {
                return schema.migrate();
            }
        }
        return schema.migrate();
    }
}
