package io.creditrollover.oracle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the host's users.
 *
 * @param createdAt infinite dates as {@link Instant#MIN} and {@link Instant#MAX}
 */
public record OracleUser(
        long id,
        @Nullable String phoneNumber,
        long credits,
        @Nullable Instant createdAt) {}
