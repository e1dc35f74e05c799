/**
 * Runs on several machines. The leaseholder's {@link io.creditrollover.remote.RemoteRanges} offers each partition as a
 * message on a channel in the database. A {@link io.creditrollover.remote.Worker} claims it under a new number, sends
 * heartbeats, and locks fencing token and number in each chunk.
 *
 * <p>After half a lease of silence the manager offers a partition under the next number. This update waits for the open
 * chunk and invalidates later ones: the next worker resumes after the last chunk, and the old one cannot commit.
 *
 * <p>Receiving a message commits before the claim, so no transaction exceeds a chunk; a lost message is sent again.
 * Only {@code --workers remote} and {@code worker} load Spring Integration.
 */
@NullMarked
package io.creditrollover.remote;

import org.jspecify.annotations.NullMarked;
