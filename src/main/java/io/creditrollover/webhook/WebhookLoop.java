package io.creditrollover.webhook;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Delivers in the background of {@code serve}, in one thread. */
@Component
public class WebhookLoop {
    private static final Logger log = LoggerFactory.getLogger(WebhookLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);

    private final WebhookDispatcher dispatcher;

    WebhookLoop(WebhookDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Starts the thread if an endpoint is configured. It ends with the signal. */
    public void start(StopSignal signal) {
        if (dispatcher.isConfigured()) {
            Thread thread = new Thread(() -> run(signal), "webhooks");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run(StopSignal signal) {
        try {
            while (!signal.pause(round(signal))) {
                // Delivers in each pass.
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration round(StopSignal signal) {
        try {
            dispatcher.deliverDue(signal);
            return PAUSE;
        } catch (RuntimeException failed) {
            log.warn("Webhooks were not delivered and will be later: {}", Masked.firstLine(Causes.root(failed)));
            return PAUSE_AFTER_FAILURE;
        }
    }
}
