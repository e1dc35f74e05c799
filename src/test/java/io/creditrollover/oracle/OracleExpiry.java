package io.creditrollover.oracle;

import java.time.Instant;

/**
 * A decision of a live run that took credits, by an expiry or by a cap.
 *
 * @param creditsProtected P, as the event recorded it
 * @param decidedAt the event's created_at
 * @param givenBack what reversals and reinstatements of this event have added since
 * @param givenBackBefore whether there is such an event, of whatever amount
 */
public record OracleExpiry(
        long eventId,
        long userId,
        long creditsBefore,
        long creditsAfter,
        long creditsProtected,
        Instant decidedAt,
        long givenBack,
        boolean givenBackBefore) {

    public long expired() {
        return creditsBefore - creditsAfter;
    }

    /** What an undo of the run still has to give back. */
    public long stillMissing() {
        return expired() - givenBack;
    }
}
