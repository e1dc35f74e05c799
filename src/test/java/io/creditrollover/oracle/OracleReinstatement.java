package io.creditrollover.oracle;

import java.util.Set;

/**
 * What a second look gives back of one expiry.
 *
 * @param reasonCode {@link #LATE_PAYMENT} or {@link #RENEWED_LATE}
 * @param evidence the payments of which the contract lets any be the evidence: one, but where renewals are equal
 */
public record OracleReinstatement(long eventId, long userId, long credits, String reasonCode, Set<Long> evidence) {

    public static final String LATE_PAYMENT = "LATE_PAYMENT";
    public static final String RENEWED_LATE = "RENEWED_LATE";

    public OracleReinstatement {
        evidence = Set.copyOf(evidence);
        if (credits < 1) {
            throw new IllegalArgumentException("credits " + credits);
        }
    }
}
