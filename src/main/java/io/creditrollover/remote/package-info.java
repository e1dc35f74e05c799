/**
 * Runs on several machines. {@link io.creditrollover.remote.RemoteRanges}, in the process with the lease, offers each
 * partition as a message on a channel in the database. A {@link io.creditrollover.remote.Worker} receives it and claims
 * the partition under a new number. It sends heartbeats, and locks fencing token and number in each chunk.
 *
 * <p>If a worker is silent for half a lease, the manager offers its partition again under the next number. The update
 * waits for the open chunk and refuses later ones. So the next worker resumes after the last chunk, and the old worker
 * cannot commit.
 *
 * <p>Receiving a message commits before the claim, so no transaction is longer than a chunk; a message lost in between
 * is sent again. Only {@code --workers remote} and {@code worker} load Spring Integration.
 */
@NullMarked
package io.creditrollover.remote;

import org.jspecify.annotations.NullMarked;
