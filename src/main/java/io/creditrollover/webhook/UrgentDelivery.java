package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Delivers at once, whatever the retry schedule: for a command whose messages must be accepted before it ends. */
@Component
public class UrgentDelivery {
    private static final Duration TURN = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The maximum that a receiver may ask for by 429. */
    private static final Duration MAX_ASKED = Duration.ofSeconds(5);

    /** Longer than the claim of a process that was killed. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(75);

    private final Endpoints endpoints;
    private final EndpointTable table;
    private final ObjectProvider<EndpointDelivery> delivery;
    private final Feed feed;

    UrgentDelivery(Endpoints endpoints, EndpointTable table, ObjectProvider<EndpointDelivery> delivery, Feed feed) {
        this.endpoints = endpoints;
        this.table = table;
        this.delivery = delivery;
        this.feed = feed;
    }

    /**
     * Result of a delivery.
     *
     * @param failures a sentence for each endpoint that is behind
     * @param switchedOff whether all endpoints of the type are switched off: it needs a person
     */
    public record Result(List<String> failures, boolean switchedOff) {}

    /** Returns whether an endpoint receives this type. */
    public boolean isWanted(WebhookType type) {
        return endpoints.want(type);
    }

    /** Prepares {@link Feed#append} in the caller's transaction. A new endpoint begins before the entry. */
    public void begin() {
        feed.lock();
        table.register();
    }

    /** Returns the place behind which some endpoint of the type has not come. */
    public Cursor earliest(WebhookType type) {
        return of(type).stream()
                .flatMap(endpoint -> table.find(endpoint.name()).stream())
                .map(EndpointState::cursor)
                .min(Comparator.comparingLong(Cursor::position).thenComparingLong(Cursor::id))
                .orElseGet(feed::end);
    }

    private List<Endpoint> of(WebhookType type) {
        return endpoints.all().stream()
                .filter(endpoint -> endpoint.types().contains(type))
                .toList();
    }

    /** Sends everything to the endpoints of this type, in the order of the feed. */
    public Result deliver(WebhookType type, StopSignal signal) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        boolean switchedOff = true;
        for (Endpoint endpoint : of(type)) {
            EndpointState behind = deliver(endpoint, signal);
            switchedOff &= behind != null && behind.switchedOffAt() != null;
            if (behind != null) {
                failures.add(behind.sentence());
            }
        }
        return new Result(failures, switchedOff);
    }

    /** Returns null if nothing is left. */
    private @Nullable EndpointState deliver(Endpoint endpoint, StopSignal signal) throws InterruptedException {
        table.hasten(endpoint.name());
        long start = System.nanoTime();
        while (true) {
            EndpointDelivery.Turn turn = delivery.getObject().deliver(endpoint, signal, TURN);
            EndpointState state = table.find(endpoint.name()).orElseThrow();
            if (state.mayTry() && state.stored() == null && !turn.more()) {
                return null;
            }
            boolean waited = System.nanoTime() - start > MAX_WAIT.toNanos();
            Optional<Duration> pause = turn.more() ? Optional.of(Duration.ZERO) : pause(state);
            if (pause.isEmpty() || (waited && !turn.more()) || signal.isRequested() || signal.pause(pause.get())) {
                return state;
            }
        }
    }

    /** Waits for another process that is sending, and for a moment that a receiver asked for; empty for a failure. */
    private static Optional<Duration> pause(EndpointState state) {
        if (state.switchedOffAt() != null) {
            return Optional.empty();
        }
        if (state.nextAttemptAt() == null || !state.nextAttemptAt().isAfter(state.readAt())) {
            return Optional.of(PAUSE);
        }
        Duration left = Duration.between(state.readAt(), state.nextAttemptAt());
        return Objects.equals(state.lastError(), Answer.RATE_LIMITED) && left.compareTo(MAX_ASKED) <= 0
                ? Optional.of(left)
                : Optional.empty();
    }
}
