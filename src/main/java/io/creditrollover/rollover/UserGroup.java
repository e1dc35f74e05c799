package io.creditrollover.rollover;

import io.creditrollover.decision.UserCredits;
import org.jspecify.annotations.Nullable;

/**
 * Users with the same decision.
 *
 * @param users their number
 * @param slice their slice; null for a group by balance
 * @param facts of any of them: id 0, a date on the same side of the window, no pending payments within the grace
 * @param awaitingPayment whether each has such a pending payment
 */
public record UserGroup(long users, @Nullable Integer slice, UserCredits facts, boolean awaitingPayment) {}
