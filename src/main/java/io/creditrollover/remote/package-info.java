/**
 * A run on several machines: {@link io.creditrollover.remote.RemoteRanges}, in the process that holds the lease, offers
 * each range as a message on a channel in the database; whichever {@link io.creditrollover.remote.Worker} receives it
 * takes the range under a number that nobody had before, gives signs of life, and locks token and number in each chunk.
 * A range whose worker is silent for half a lease is offered anew under the next number, which waits for the chunk at
 * hand and refuses every later one, so whoever takes it goes on at the last chunk and a worker that wakes up commits
 * nothing.
 *
 * <p>A message is received and committed before its range is taken, so no transaction is longer than a chunk; one that
 * is lost in between is sent again. Messages travel over Spring Integration, whose classes only {@code --workers remote}
 * and {@code worker} load.
 */
@NullMarked
package io.creditrollover.remote;

import org.jspecify.annotations.NullMarked;
