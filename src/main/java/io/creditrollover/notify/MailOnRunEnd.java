package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.run.RunEndedEvent;
import io.creditrollover.run.RunListener;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds one mail per recipient to the outbox when an attempt at a live run ends, or a completed reinstatement added credits.
 */
@Component
class MailOnRunEnd implements RunListener {
    private static final Logger log = LoggerFactory.getLogger(MailOnRunEnd.class);

    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final List<String> recipients;

    MailOnRunEnd(Outbox outbox, JdbcClient jdbc, RolloverProperties properties) {
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.recipients = properties.notificationEmail();
    }

    @Override
    public void ended(RunEndedEvent end) {
        if (end.mode() != RunMode.LIVE && !hasReinstated(end)) {
            return;
        }
        if (recipients.isEmpty()) {
            log.info("No mail is sent about this run: ROLLOVER_NOTIFICATION_EMAIL is not set.");
        }
        MailOutcome.of(end.status())
                .ifPresent(outcome ->
                        recipients.forEach(recipient -> outbox.add(end.runId(), outcome, end.message(), recipient)));
    }

    private boolean hasReinstated(RunEndedEvent end) {
        return end.mode() == RunMode.REINSTATE
                && end.status() == RunStatus.COMPLETED
                && jdbc.sql("select users_rolled_over > 0 from credit_rollover_runs where id = :runId")
                        .param("runId", end.runId())
                        .query(Boolean.class)
                        .single();
    }
}
