package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.run.Forecast;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all viewers share of one date. At most one is not null; all are null before the first computation and once a
 * forecast is too old.
 *
 * @param workingSince since when some console computes it
 * @param failure of the last computation, not long ago
 */
record ForecastState(
        @Nullable Dated fresh,
        @Nullable Instant workingSince,
        @Nullable ExitException failure) {
    /** @param asOf when its computation began */
    record Dated(Forecast forecast, Instant asOf) {}
}
