/**
 * Tells people and monitoring how a run ended. The end of an attempt and the mail about it are written in one
 * transaction (the outbox); delivery comes after it, outside any transaction, and has no say in the run.
 * {@link io.creditrollover.notify.OutboxDispatcher} is the way in for mail, {@link io.creditrollover.notify.RunMetrics} for metrics.
 */
@NullMarked
package io.creditrollover.notify;

import org.jspecify.annotations.NullMarked;
