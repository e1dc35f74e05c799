package io.creditrollover.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The last renewal of a lease, by the database's clock. {@code age} is null if it was never taken. */
public record Heartbeat(boolean alive, @Nullable Duration age, String holder) {
    public static final Heartbeat NONE = new Heartbeat(false, null, "");
}
