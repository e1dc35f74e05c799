package io.creditrollover.oracle;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says about one user.
 *
 * @param reasonCode as in the contract; {@link #NOT_IN_SCOPE} for users out of scope
 * @param creditsAfter equal to creditsBefore wherever the balance stays untouched
 * @param protectedCredits P, uncut (it may exceed the balance); 0 where the user is not decided
 * @param evidencePaymentId L where L decided, the chosen renewal where a renewal did, else null
 * @param outcomes every outcome that the contract allows, the verdict's own first. Several only where several reasons
 *     apply and the contract leaves their order open; the balance is untouched in each of them
 * @param otherEvidence further renewals that leave as many credits as the chosen one
 */
public record OracleVerdict(
        long userId,
        Kind kind,
        String reasonCode,
        long creditsBefore,
        long creditsAfter,
        long protectedCredits,
        @Nullable Long evidencePaymentId,
        Set<Outcome> outcomes,
        Set<Long> otherEvidence) {

    public static final String NOT_IN_SCOPE = "NOT_IN_SCOPE";

    public OracleVerdict {
        outcomes = Collections.unmodifiableSet(new LinkedHashSet<>(outcomes));
        otherEvidence = Set.copyOf(otherEvidence);
        if (!outcomes.contains(new Outcome(kind, reasonCode))) {
            throw new IllegalArgumentException(kind + " " + reasonCode + " is not one of " + outcomes);
        }
        if (outcomes.size() > 1 && creditsAfter != creditsBefore) {
            throw new IllegalArgumentException("several outcomes, and one changes the balance: " + outcomes);
        }
    }

    /** The kinds of outcome. */
    public enum Kind {
        OUT_OF_SCOPE,
        ROLLOVER,
        EXPIRY,
        SKIPPED,
        /** Would lose credits now and has a pending payment: the sweep decides, and nothing expires before. */
        POSTPONED
    }

    /** A kind with its reason code. */
    public record Outcome(Kind kind, String reasonCode) {}

    public boolean losesCredits() {
        return creditsAfter < creditsBefore;
    }

    public boolean accepts(Kind otherKind, String otherReasonCode) {
        return outcomes.contains(new Outcome(otherKind, otherReasonCode));
    }

    /**
     * For comparisons that do not depend on what the contract leaves open: this verdict with the given kind, reason and
     * evidence where the contract allows them, else this verdict as it is. Compare the result with what was found.
     */
    public OracleVerdict inTermsOf(Kind otherKind, String otherReasonCode, @Nullable Long otherEvidenceId) {
        boolean accepted = accepts(otherKind, otherReasonCode);
        Long evidence = otherEvidenceId != null && otherEvidence.contains(otherEvidenceId)
                ? otherEvidenceId
                : evidencePaymentId;
        return new OracleVerdict(
                userId,
                accepted ? otherKind : kind,
                accepted ? otherReasonCode : reasonCode,
                creditsBefore,
                creditsAfter,
                protectedCredits,
                evidence,
                outcomes,
                otherEvidence);
    }
}
