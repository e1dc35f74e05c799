package io.creditrollover.webhook;

import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends to one endpoint: claim → store the message → send → move the cursor and store the next. The order is the
 * feed's, so a message that is not accepted holds back all later ones. No transaction is open during an attempt.
 */
@Component
class EndpointDelivery {
    private static final Logger log = LoggerFactory.getLogger(EndpointDelivery.class);

    private final EndpointTable table;
    private final Messages messages;
    private final HttpSender sender;
    private final TransactionTemplate transaction;
    private final RetrySchedule schedule = new RetrySchedule(new SplittableRandom());

    EndpointDelivery(EndpointTable table, Messages messages, HttpSender sender, TransactionTemplate transaction) {
        this.table = table;
        this.messages = messages;
        this.sender = sender;
        this.transaction = transaction;
    }

    /**
     * Result of one turn.
     *
     * @param sent accepted messages
     * @param more whether the time was over before the messages
     */
    record Turn(int sent, boolean more) {}

    Turn deliver(Endpoint endpoint, StopSignal signal, Duration time) {
        if (!isDue(endpoint)) {
            return new Turn(0, false);
        }
        String claim = UUID.randomUUID().toString();
        Optional<EndpointState> claimed = table.claim(endpoint.name(), claim);
        if (claimed.isEmpty()) {
            return new Turn(0, false);
        }
        try {
            return deliver(endpoint, claimed.get(), claim, signal, System.nanoTime() + time.toNanos());
        } finally {
            table.release(endpoint.name(), claim);
        }
    }

    /** Reads first, so that an idle endpoint costs no write. */
    private boolean isDue(Endpoint endpoint) {
        return table.find(endpoint.name())
                .filter(EndpointState::mayTry)
                .filter(state -> state.stored() != null
                        || messages.next(endpoint, state.cursor()).isPresent())
                .isPresent();
    }

    private Turn deliver(Endpoint endpoint, EndpointState state, String claim, StopSignal signal, long deadline) {
        Cursor cursor = state.cursor();
        int failures = state.attempts();
        Instant now = state.readAt();
        Message message = state.stored() == null
                ? null
                : messages.again(endpoint, state.stored()).orElse(null);
        if (message == null) {
            failures = 0;
            message = messages.next(endpoint, cursor).orElse(null);
            now = store(endpoint, claim, cursor, null, message);
        }
        int sent = 0;
        while (message != null && now != null) {
            if (signal.isRequested() || System.nanoTime() > deadline) {
                return new Turn(sent, true);
            }
            Answer answer = sender.send(endpoint, message, now, signal);
            if (!answer.isAccepted()) {
                notAccepted(endpoint, claim, answer, failures);
                return new Turn(sent, answer.stopped());
            }
            sent++;
            failures = 0;
            Message done = message;
            Message next = messages.next(endpoint, done.cursorAfter()).orElse(null);
            now = store(endpoint, claim, done.cursorAfter(), done, next);
            message = next;
        }
        return new Turn(sent, false);
    }

    /**
     * Moves the cursor behind what was accepted, and stores the next message.
     *
     * @return null after the loss of the claim: another process, or a replay, has the endpoint
     */
    private @Nullable Instant store(
            Endpoint endpoint, String claim, Cursor cursor, @Nullable Message done, @Nullable Message next) {
        return Objects.requireNonNull(transaction.execute(status -> {
                    if (next != null) {
                        messages.postpone(endpoint, cursor, next);
                    }
                    Optional<Instant> now = table.store(endpoint.name(), claim, cursor, next, done != null);
                    if (now.isEmpty()) {
                        status.setRollbackOnly();
                    } else if (done != null) {
                        messages.accepted(done);
                    }
                    return now;
                }))
                .orElse(null);
    }

    private void notAccepted(Endpoint endpoint, String claim, Answer answer, int failures) {
        if (answer.stopped()) {
            return;
        }
        if (answer.isGone()) {
            log.warn(
                    "The webhook {} answered 410 and is switched off. Change {}, or switch it on by the API.",
                    endpoint.name(),
                    endpoint.key());
            table.switchOff(endpoint.name(), claim, answer.error());
            return;
        }
        Duration wait = schedule.after(failures + 1, answer);
        log.warn(
                "The webhook {} did not accept a message: {}. The next attempt is in {} seconds.",
                endpoint.name(),
                answer.error(),
                wait.toSeconds());
        table.failed(endpoint.name(), claim, answer.error(), answer.isRateLimit() ? failures : failures + 1, wait);
    }
}
