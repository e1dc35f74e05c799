/**
 * Credit rollover.
 *
 * <p>{@code cli} or {@code admin} asks {@code run} for a month. {@code run} takes the {@code lease} and starts one
 * Spring Batch job. Preflight stops at a safety limit. {@code rollover} locks users with credits, reads their payments,
 * applies {@code decision}, and writes balances and events, chunk by chunk. A sweep decides the remaining users.
 * Reconciliation of events and totals completes the month.
 *
 * <p>{@code schema} owns the tables, {@code config} the keys {@code rollover.*}, {@code exit} the exit codes.
 */
@NullMarked
package io.creditrollover;

import org.jspecify.annotations.NullMarked;
