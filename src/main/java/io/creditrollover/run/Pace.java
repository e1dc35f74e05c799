package io.creditrollover.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How fast an execution works. {@code step} is empty before the first, the speed 0 while unknown. */
public record Pace(String step, double usersPerSecond) {
    public static final Pace UNKNOWN = new Pace("", 0);

    /** Returns the remaining time, rounded up to a second; null while unknown. */
    public @Nullable Duration remaining(long users) {
        return usersPerSecond <= 0 || users < 0 ? null : Duration.ofSeconds((long) Math.ceil(users / usersPerSecond));
    }
}
