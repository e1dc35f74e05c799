/**
 * Credit rollover.
 *
 * <p>{@code cli} or {@code admin} asks {@code run} to run a month. {@code run} takes the {@code lease}, inserts the
 * run's row and starts one Spring Batch job. Preflight computes a forecast and stops at a safety limit. {@code
 * rollover} pages through users with credits, locks them, reads their payments, applies {@code decision}, and writes
 * balances and events, chunk by chunk. A sweep decides the remaining users. {@code run} reconciles events with totals;
 * only then is the month complete.
 *
 * <p>{@code schema} owns the tables, {@code config} the keys {@code rollover.*}, {@code exit} the exit codes.
 */
@NullMarked
package io.creditrollover;

import org.jspecify.annotations.NullMarked;
