package io.creditrollover.run;

import io.creditrollover.decision.Action;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.host.TableIdentity;
import io.creditrollover.rollover.ChunkWatch;
import io.creditrollover.rollover.Slices;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops a run beyond its forecast, or with other host tables than at its first write: payments may be invisible, not
 * missing. Counts in the database, across all threads and workers.
 */
final class LiveRunWatch implements ChunkWatch {
    /** Users a run may expire beyond its forecast and tolerance. */
    static final long ALLOWED_USERS = 100;

    private final JdbcClient jdbc;
    private final long runId;
    private final Slices slices;
    private final TableIdentity tables;
    private final Ratio tolerance;

    LiveRunWatch(JdbcClient jdbc, long runId, Slices slices, TableIdentity tables, Ratio tolerance) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.slices = slices;
        this.tables = tables;
        this.tolerance = tolerance;
    }

    @Override
    public void beforeCommit(List<RolloverDecision> decisions) {
        if (!tables.holds(jdbc)) {
            throw new StoppedException(
                    StopCause.HOST_TABLES, "Run " + runId + " stopped: " + HostTablesCheck.difference(jdbc, tables));
        }
        SortedMap<Integer, Long> expired = new TreeMap<>();
        decisions.stream()
                .filter(decision -> decision.action() == Action.EXPIRY)
                .forEach(decision -> expired.merge(slices.of(decision.userId()), 1L, Long::sum));
        if (!expired.isEmpty()) {
            RunSlices.add(jdbc, runId, expired);
            requireWithinForecast(RunSlices.excess(jdbc, runId));
        }
    }

    private void requireWithinForecast(RunSlices.Excess excess) {
        Ratio allowed = Ratio.of(excess.forecast(), 1).times(tolerance).plus(Ratio.of(ALLOWED_USERS, 1));
        if (Ratio.of(excess.expiredBeyond(), 1).isGreaterThan(allowed)) {
            throw new StoppedException(
                    StopCause.TOLERANCE,
                    "Run " + runId + " stopped: rollover.safety.run-tolerance-percent: it would expire "
                            + excess.expiredBeyond() + " users beyond its forecast of " + excess.forecast()
                            + ", so payments may be missing. Check the payments. To decide the remaining users with a new"
                            + " forecast, run or restart it with --approve REASON.");
        }
    }
}
