/**
 * What users are told: that credits are about to expire, have expired or were reinstated.
 *
 * <p>{@link io.creditrollover.notice.NoticeService} plans notices (a row each), reads the facts again just before it
 * sends them, and records what came of it. A {@link io.creditrollover.notice.NoticeChannel} delivers: mail, or entries of the webhooks' feed. A killed process
 * leaves planned rows; the next call repeats them with the same id.
 */
@NullMarked
package io.creditrollover.notice;

import org.jspecify.annotations.NullMarked;
