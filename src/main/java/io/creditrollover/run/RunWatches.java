package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.host.TableIdentity;
import io.creditrollover.rollover.ChunkWatch;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes what looks at the chunks of a live run, for the process that leads it and for those that work on it. */
@Lazy
@Component
public class RunWatches {
    private final RunTable runs;
    private final JdbcClient jdbc;
    private final Ratio tolerance;

    RunWatches(RunTable runs, JdbcClient jdbc, RolloverProperties properties) {
        this.runs = runs;
        this.jdbc = jdbc;
        this.tolerance = Ratio.ofPercent(properties.safety().runTolerancePercent());
    }

    /** Returns a watch that reads the forecast and the tables of the run when the first chunk needs them. */
    public ChunkWatch of(long runId) {
        return new WhenNeeded(() -> new LiveRunWatch(
                jdbc,
                runId,
                RunSlices.of(jdbc, runId),
                new TableIdentity(runs.find(runId).orElseThrow().hostTables()),
                tolerance));
    }

    /** The preflight stores what a watch reads, and comes after the watch was asked for. */
    private static final class WhenNeeded implements ChunkWatch {
        private final Supplier<ChunkWatch> made;
        private @Nullable ChunkWatch watch;

        private WhenNeeded(Supplier<ChunkWatch> made) {
            this.made = made;
        }

        @Override
        public void beforeCommit(List<RolloverDecision> decisions) {
            watch().beforeCommit(decisions);
        }

        private synchronized ChunkWatch watch() {
            if (watch == null) {
                watch = made.get();
            }
            return watch;
        }
    }
}
