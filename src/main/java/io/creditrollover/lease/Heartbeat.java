package io.creditrollover.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The last renewal of a lease, by the database's clock.
 *
 * @param alive whether a process holds it
 * @param age since the last renewal; null if it was never taken
 * @param holder as it named itself
 */
public record Heartbeat(boolean alive, @Nullable Duration age, String holder) {
    public static final Heartbeat NONE = new Heartbeat(false, null, "");
}
