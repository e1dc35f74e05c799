package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;

/**
 * @param executionId the started or existing execution
 * @param working false if there was nothing to do
 * @param remark reason for not starting; null otherwise
 */
record StartResult(
        long executionId, boolean working, @Nullable String remark) {}
