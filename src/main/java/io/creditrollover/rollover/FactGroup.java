package io.creditrollover.rollover;

import io.creditrollover.decision.UserCredits;

/**
 * Users about whom a decision would be the same.
 *
 * @param users how many
 * @param facts those of any of them; the id is 0, dates stand for others on the same side of the window, and money under
 *     way that a run would wait for is left out
 * @param awaitingPayment whether each of them has such money under way
 */
public record FactGroup(long users, UserCredits facts, boolean awaitingPayment) {}
