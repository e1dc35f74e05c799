package io.creditrollover.notify;

import io.creditrollover.lease.StopSignal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Periodic work of {@code serve}: delivers mail, logs an overdue month. For one thread. */
@Component
public class ServeMonitor {
    private static final Logger log = LoggerFactory.getLogger(ServeMonitor.class);

    private final OutboxDispatcher postman;
    private final Overdue overdue;
    private @Nullable String said;

    ServeMonitor(OutboxDispatcher postman, Overdue overdue) {
        this.postman = postman;
        this.overdue = overdue;
    }

    /** Checks once; never throws. */
    public void check(StopSignal signal) {
        postman.deliverPending(signal);
        try {
            Optional<String> sentence = overdue.sentence();
            if (sentence.isPresent() && !sentence.get().equals(said)) {
                log.error(sentence.get());
            }
            said = sentence.orElse(null);
        } catch (RuntimeException unreadable) {
            log.warn("Whether the month is overdue could not be read: {}", unreadable.toString());
        }
    }
}
