package io.creditrollover.webhook;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Delivers to all endpoints, and to the chat. Never changes a run or its exit code. Safe for use by several threads and
 * processes: each endpoint has one claim. Without an endpoint no HTTP client is created.
 */
@Component
public class WebhookDispatcher {
    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);
    private static final Duration BRIEF = Duration.ofSeconds(10);

    /** A slow endpoint does not hold back the others for longer. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private final Endpoints endpoints;
    private final EndpointTable table;
    private final ObjectProvider<EndpointDelivery> delivery;
    private final OverdueMonth overdue;
    private final JdbcClient jdbc;

    WebhookDispatcher(
            Endpoints endpoints,
            EndpointTable table,
            ObjectProvider<EndpointDelivery> delivery,
            OverdueMonth overdue,
            JdbcClient jdbc) {
        this.endpoints = endpoints;
        this.table = table;
        this.delivery = delivery;
        this.overdue = overdue;
        this.jdbc = jdbc;
    }

    /**
     * Result of a delivery.
     *
     * @param sent accepted messages
     * @param notDelivered a sentence for each endpoint that did not accept a message and is waiting, or is switched off
     * @param switchedOff whether one is switched off: it needs a person
     */
    public record Round(int sent, List<String> notDelivered, boolean switchedOff) {}

    boolean isConfigured() {
        return !endpoints.all().isEmpty();
    }

    /** Delivers until nothing is due or the signal is raised. Messages that wait for a later attempt are not due. */
    public Round deliverDue(StopSignal signal) {
        int sent = 0;
        boolean more = isConfigured() && prepare();
        while (more && !signal.isRequested()) {
            more = false;
            for (Endpoint endpoint : endpoints.all()) {
                EndpointDelivery.Turn turn = delivery.getObject().deliver(endpoint, signal, TURN);
                sent += turn.sent();
                more |= turn.more();
            }
        }
        List<EndpointState> waiting = waiting();
        return new Round(
                sent,
                waiting.stream().map(EndpointState::sentence).toList(),
                waiting.stream().anyMatch(state -> state.switchedOffAt() != null));
    }

    /** Delivers for some seconds at the end of a command; never throws. The rest is for the next command. */
    public void deliverBriefly(StopSignal signal) {
        if (!isConfigured()) {
            return;
        }
        try {
            long deadline = System.nanoTime() + BRIEF.toNanos();
            if (prepare()) {
                for (Endpoint endpoint : endpoints.all()) {
                    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                    delivery.getObject().deliver(endpoint, signal, left);
                }
            }
        } catch (RuntimeException undelivered) {
            log.warn("Webhooks were not delivered and will be later: {}", Masked.firstLine(Causes.root(undelivered)));
        }
    }

    /** Returns whether the tables exist. */
    private boolean prepare() {
        boolean there = jdbc.sql("select to_regclass('credit_rollover_webhooks') is not null")
                .query(Boolean.class)
                .single();
        if (there) {
            table.register();
            overdue.append();
        }
        return there;
    }

    private List<EndpointState> waiting() {
        return endpoints.all().stream()
                .map(endpoint -> table.find(endpoint.name()).orElse(null))
                .filter(Objects::nonNull)
                .filter(state -> state.lastError() != null)
                .toList();
    }
}
