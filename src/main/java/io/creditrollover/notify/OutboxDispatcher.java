package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Delivers the outbox. A failing mail server costs some seconds and a log line; the mail stays for the next command.
 * One command does not try it twice. Safe for use by several threads and processes: each mail has one claim.
 */
@Component
public class OutboxDispatcher {
    private static final Logger log = LoggerFactory.getLogger(OutboxDispatcher.class);
    private static final int MAX_AT_A_TIME = 50;
    private static final Duration WHEN_ASKED_TO_STOP = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final ObjectProvider<SummaryMailRenderer> writer;
    private final MailServer server;
    private final RolloverProperties properties;
    private volatile boolean serverWasAway;

    OutboxDispatcher(
            Outbox outbox,
            ObjectProvider<SummaryMailRenderer> writer,
            MailServer server,
            RolloverProperties properties) {
        this.outbox = outbox;
        this.writer = writer;
        this.server = server;
        this.properties = properties;
    }

    /**
     * Result of one delivery.
     *
     * @param sent mails accepted by the server
     * @param error why a mail was not sent; empty if none is left
     * @param refused whether all errors are permanent refusals
     */
    public record Round(int sent, String error, boolean refused) {}

    /** Delivers all unsent mails; never throws. A raised signal ends it within seconds. */
    public void deliverPending(StopSignal signal) {
        try {
            long pending = outbox.pending();
            if (pending == 0 || skipsThisTime()) {
                return;
            }
            if (!server.isConfigured()) {
                log.warn("{} mails are not sent: SPRING_MAIL_HOST is not set. They are sent once it is set.", pending);
                return;
            }
            deliver(outbox::claimNext, signal);
        } catch (RuntimeException undelivered) {
            log.warn("Mails were not delivered and stay in the outbox: {}", Masked.firstLine(Causes.root(undelivered)));
        }
    }

    /** As {@link #deliverPending}, with a result. Rejects (78) pending mails without a configured server. */
    public Round deliverDue(StopSignal signal) {
        long pending = outbox.pending();
        if (pending > 0 && !server.isConfigured()) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    pending + " mails are pending and no mail server is set; set SPRING_MAIL_HOST.");
        }
        serverWasAway = false;
        return pending == 0 ? new Round(0, "", false) : deliver(outbox::claimNext, signal);
    }

    /** Skips one round after a server failure: a command does not wait twice. */
    private boolean skipsThisTime() {
        boolean skips = serverWasAway;
        serverWasAway = false;
        return skips;
    }

    /**
     * Delivers a run's unsent mails, regardless of attempts; without any, sends the mail again.
     *
     * @throws ExitException 64 if the run's status ends no attempt, 78 without a configured recipient or server
     */
    public Round send(RunSummary run, StopSignal signal) {
        long runId = Objects.requireNonNull(run.runId());
        if (!server.isConfigured()) {
            throw new ExitException(ExitCode.CONFIGURATION, "No mail server is configured. Set SPRING_MAIL_HOST.");
        }
        serverWasAway = false;
        if (outbox.pendingOf(runId) == 0) {
            addAgain(run, runId);
        }
        return deliver(after -> outbox.claimNextOf(runId, after), signal);
    }

    private void addAgain(RunSummary run, long runId) {
        MailOutcome outcome = MailOutcome.of(run.status())
                .orElseThrow(() -> new ExitException(
                        ExitCode.USAGE,
                        "Run " + runId + " is " + run.status() + ". A mail exists once an attempt has ended."));
        if (properties.notificationEmail().isEmpty()) {
            throw new ExitException(
                    ExitCode.CONFIGURATION, "No recipient is configured. Set ROLLOVER_NOTIFICATION_EMAIL.");
        }
        properties.notificationEmail().forEach(to -> outbox.add(runId, outcome, run.message(), to));
    }

    private Round deliver(LongFunction<Optional<PendingMail>> claims, StopSignal signal) {
        long start = System.nanoTime();
        int sent = 0;
        String error = "";
        boolean refused = true;
        long last = 0;
        for (int i = 0; i < MAX_AT_A_TIME && mayContinue(signal, start); i++) {
            Optional<PendingMail> next = claims.apply(last);
            if (next.isEmpty()) {
                break;
            }
            PendingMail mail = next.get();
            last = mail.id();
            Delivery.Result result = attempt(mail, signal);
            settle(mail, result);
            if (result.accepted()) {
                sent++;
            } else {
                error = result.error();
                refused &= result.refused();
            }
            if (result.serverIsAway()) {
                serverWasAway = true;
                break;
            }
        }
        return new Round(sent, error, refused && !error.isEmpty());
    }

    /** A raised signal only shortens a round: a stop ends an attempt, and its mail must go out. */
    private static boolean mayContinue(StopSignal signal, long startNanos) {
        return !signal.isRequested() || System.nanoTime() - startNanos < WHEN_ASKED_TO_STOP.toNanos();
    }

    private Delivery.Result attempt(PendingMail mail, StopSignal signal) {
        SummaryMail letter;
        try {
            letter = writer.getObject().write(mail);
        } catch (RuntimeException unwritten) {
            outbox.notSent(mail, "could not be written: " + Masked.firstLine(unwritten));
            throw unwritten;
        }
        return new Delivery(server, signal).attempt(mail, letter);
    }

    private void settle(PendingMail mail, Delivery.Result result) {
        if (result.accepted()) {
            outbox.sent(mail);
        } else if (result.refused()) {
            log.warn(
                    "The mail server rejected the mail about run {} to {}: {}. It is not retried. Correct"
                            + " ROLLOVER_NOTIFICATION_EMAIL, then send it with report --send.",
                    mail.runId(),
                    mail.recipient(),
                    result.error());
            outbox.refused(mail, result.error());
        } else {
            log.warn(
                    "The mail about run {} to {} was not sent and stays in the outbox: {}",
                    mail.runId(),
                    mail.recipient(),
                    result.error());
            if (result.unknown()) {
                outbox.unknown(mail, result.error());
            } else {
                outbox.notSent(mail, result.error());
            }
        }
    }
}
