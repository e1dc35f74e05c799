/**
 * Mail and metrics about runs. One transaction writes the end of an attempt and its mail to the outbox. Delivery
 * follows outside any transaction and does not affect the run. Entry points: {@link
 * io.creditrollover.notify.OutboxDispatcher} for mail, {@link io.creditrollover.notify.RunMetrics} for metrics.
 */
@NullMarked
package io.creditrollover.notify;

import org.jspecify.annotations.NullMarked;
