/**
 * Who may work, and until when. One process at a time holds a lease by name; each chunk it commits takes a lock on the
 * fencing token, which a takeover must change first. So a process that lost its lease without noticing cannot commit.
 *
 * <p>Time is the database's. Nothing depends on the session: two table rows, no advisory lock.
 */
@NullMarked
package io.creditrollover.lease;

import org.jspecify.annotations.NullMarked;
