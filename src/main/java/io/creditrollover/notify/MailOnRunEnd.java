package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.run.RunEndedEvent;
import io.creditrollover.run.RunListener;
import io.creditrollover.run.RunMode;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Adds one mail per recipient to the outbox when an attempt at a live run ends. */
@Component
class MailOnRunEnd implements RunListener {
    private static final Logger log = LoggerFactory.getLogger(MailOnRunEnd.class);

    private final Outbox outbox;
    private final List<String> recipients;

    MailOnRunEnd(Outbox outbox, RolloverProperties properties) {
        this.outbox = outbox;
        this.recipients = properties.notificationEmail();
    }

    @Override
    public void ended(RunEndedEvent end) {
        if (end.mode() != RunMode.LIVE) {
            return;
        }
        if (recipients.isEmpty()) {
            log.info("No mail is sent about this run: ROLLOVER_NOTIFICATION_EMAIL is not set.");
        }
        MailOutcome.of(end.status())
                .ifPresent(outcome ->
                        recipients.forEach(recipient -> outbox.add(end.runId(), outcome, end.message(), recipient)));
    }
}
