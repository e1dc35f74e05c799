package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;

/**
 * What came of a request to start something.
 *
 * @param executionId the execution that has begun, or the one that was there already
 * @param working false where nothing had to be done
 * @param remark why nothing had to be done; null otherwise
 */
record StartResult(
        long executionId, boolean working, @Nullable String remark) {}
