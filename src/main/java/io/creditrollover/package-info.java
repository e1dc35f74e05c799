/**
 * Credit rollover, as one walk of the data.
 *
 * <p>On the 1st of a month {@code cli} (or {@code admin}) asks {@code run} for the month. {@code run} takes the
 * {@code lease}, opens a run's row, and starts one Spring Batch job. Its preflight forecasts what would happen and stops at
 * a safety limit. Then {@code rollover} pages through the users who hold credits, locks them, reads what their payments
 * say, lets {@code decision} decide, and writes balances and events, chunk by chunk. A sweep decides whom the pages left
 * over, {@code run} reconciles events with what was counted, and only then is the month complete.
 *
 * <p>{@code schema} owns the tables, {@code config} the keys {@code rollover.*}, {@code exit} the ways a command ends.
 */
@NullMarked
package io.creditrollover;

import org.jspecify.annotations.NullMarked;
