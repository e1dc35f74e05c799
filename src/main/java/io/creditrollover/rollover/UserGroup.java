package io.creditrollover.rollover;

import io.creditrollover.decision.UserCredits;
import org.jspecify.annotations.Nullable;

/**
 * Users about whom a decision would be the same.
 *
 * @param users how many
 * @param slice the number of the slice that their ids lie in; null where they are grouped by their balance instead
 * @param facts those of any of them; the id is 0, dates stand for others on the same side of the window, and pending
 *     payments that a run would wait for are left out
 * @param awaitingPayment whether each of them has such a pending payment
 */
public record UserGroup(long users, @Nullable Integer slice, UserCredits facts, boolean awaitingPayment) {}
