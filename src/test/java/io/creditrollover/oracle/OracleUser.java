package io.creditrollover.oracle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the host's users. */
public record OracleUser(
        int id, String phoneNumber, int credits, @Nullable Instant createdAt) {}
