/**
 * Leases: one process at a time holds a named lease. Each chunk locks the fencing token, and a takeover must change the
 * token first. A process that lost its lease therefore cannot commit.
 *
 * <p>All times are the database's. Uses two table rows and no advisory lock, so nothing depends on the session.
 */
@NullMarked
package io.creditrollover.lease;

import org.jspecify.annotations.NullMarked;
