/**
 * Mail and metrics about runs. One transaction writes the end of an attempt and its mail (outbox). Delivery follows
 * outside any transaction and cannot affect the run. Entry points: {@link io.creditrollover.notify.OutboxDispatcher},
 * {@link io.creditrollover.notify.RunMetrics}.
 */
@NullMarked
package io.creditrollover.notify;

import org.jspecify.annotations.NullMarked;
