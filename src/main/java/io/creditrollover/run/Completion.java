package io.creditrollover.run;

import io.creditrollover.exit.Masked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Calls the {@link CompletionListener}s of a completed run; never throws. */
@Component
class Completion {
    private static final Logger log = LoggerFactory.getLogger(Completion.class);

    private final ObjectProvider<CompletionListener> listeners;

    Completion(ObjectProvider<CompletionListener> listeners) {
        this.listeners = listeners;
    }

    void of(long runId) {
        listeners.orderedStream().forEach(listener -> {
            try {
                listener.completed(runId);
            } catch (RuntimeException failed) {
                log.warn(
                        "Run {} is complete; what follows it failed and is left to migrate or the next run: {}",
                        runId,
                        Masked.firstLine(NestedExceptionUtils.getMostSpecificCause(failed)));
            }
        });
    }
}
