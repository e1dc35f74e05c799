package io.creditrollover.people;

import io.creditrollover.backup.HeldBackups;

/**
 * The answer to an erasure.
 *
 * @param events events that lost their number
 * @param dryRunDecisions decisions of dry runs that lost their number
 * @param notices notices that lost their mail address
 * @param otherUsers users whose rows had the same number, and lost it too
 * @param sharedNumber true if too many users had the number: it then remains in the others' rows
 * @param present whether the host still has the user; later events then contain the number again
 * @param backups not changed: they contain the number until their own retention ends
 */
public record Erasure(
        long userId,
        long events,
        long dryRunDecisions,
        long notices,
        int otherUsers,
        boolean sharedNumber,
        boolean present,
        HeldBackups backups) {
    public boolean changedNothing() {
        return events + dryRunDecisions + notices == 0;
    }
}
