/**
 * Leases: one process at a time holds a named lease. Each chunk locks the fencing token, and a takeover changes the
 * token first, so a process that lost its lease cannot commit.
 *
 * <p>Uses the database's clock and two table rows, no advisory lock: nothing depends on the session.
 */
@NullMarked
package io.creditrollover.lease;

import org.jspecify.annotations.NullMarked;
