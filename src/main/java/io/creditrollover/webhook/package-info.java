/**
 * What programs of the host are told: signed messages about runs and their events, the feed behind them, and chat.
 *
 * <p>The transaction that ends a run appends it to the feed. Each endpoint has a cursor over the feed. Only ended runs
 * are in it: ids are assigned before the commit, so a cursor over a running run would pass events that commit later.
 * Entry points: {@link io.creditrollover.webhook.WebhookDispatcher}, {@link io.creditrollover.webhook.EventFeed}.
 */
@NullMarked
package io.creditrollover.webhook;

import org.jspecify.annotations.NullMarked;
