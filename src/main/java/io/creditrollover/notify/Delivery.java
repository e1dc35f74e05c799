package io.creditrollover.notify;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.StopSignal;
import jakarta.mail.SendFailedException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.mail.MailSendException;

/**
 * Sends one mail with a total timeout. SMTP timeouts apply to each step: a server sending byte by byte never reaches
 * them.
 */
final class Delivery {
    private static final Duration TIMEOUT = Duration.ofSeconds(75);
    private static final Duration TIMEOUT_AT_STOP = Duration.ofSeconds(10);
    private static final long STEP_MILLIS = 100;

    /** The mail client's text for a missing answer. */
    private static final String CLOSED = "[EOF]";

    private static final Pattern PERMANENT = Pattern.compile("5\\d\\d(?!\\d)");

    private final MailServer server;
    private final StopSignal signal;

    Delivery(MailServer server, StopSignal signal) {
        this.server = server;
        this.signal = signal;
    }

    /**
     * Result of one attempt.
     *
     * @param error empty when accepted
     * @param serverIsAway whether other mails would fail too
     * @param unknown whether the mail may have arrived, or still may; nobody else may send it yet
     * @param refused whether the refusal is permanent (5xx)
     */
    record Result(boolean accepted, String error, boolean serverIsAway, boolean unknown, boolean refused) {
        static Result notKnown(String error) {
            return new Result(false, error, true, true, false);
        }
    }

    Result attempt(PendingMail mail, SummaryMail letter) {
        FutureTask<Void> task = new FutureTask<>(() -> server.send(mail, letter), null);
        Thread thread = new Thread(task, "mail");
        thread.setDaemon(true);
        thread.start();
        long start = System.nanoTime();
        while (true) {
            try {
                task.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
                return new Result(true, "", false, false, false);
            } catch (ExecutionException failed) {
                return failed(Objects.requireNonNullElse(failed.getCause(), failed));
            } catch (TimeoutException notYet) {
                Duration timeout = signal.isRequested() ? TIMEOUT_AT_STOP : TIMEOUT;
                if (System.nanoTime() - start > timeout.toNanos()) {
                    return Result.notKnown("the server took longer than " + timeout);
                }
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
                return Result.notKnown("interrupted");
            }
        }
    }

    /**
     * An answering server may accept the next recipient; a silent one fails for all. After a connection closed in the
     * dialogue the mail may have arrived.
     */
    private static Result failed(Throwable failure) {
        List<String> answers = chain(failure)
                .filter(SendFailedException.class::isInstance)
                .map(said -> String.valueOf(said.getMessage()).strip())
                .toList();
        if (answers.stream().anyMatch(CLOSED::equals)) {
            return Result.notKnown("the server closed the connection without an answer");
        }
        if (chain(failure).anyMatch(SmtpAnswers::isAboutSender)) {
            return new Result(false, sentence(failure), true, false, false);
        }
        boolean refused =
                answers.stream().anyMatch(answer -> PERMANENT.matcher(answer).lookingAt());
        return new Result(false, sentence(failure), answers.isEmpty(), false, refused);
    }

    private static String sentence(Throwable failure) {
        Throwable said = chain(failure).reduce((outer, inner) -> inner).orElse(failure);
        return said instanceof UnknownHostException ? "unknown host " + Causes.firstLine(said) : Masked.firstLine(said);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        Throwable first = failure instanceof MailSendException mail && mail.getMessageExceptions().length > 0
                ? mail.getMessageExceptions()[0]
                : failure;
        return Stream.iterate(first, Objects::nonNull, Delivery::next);
    }

    private static @org.jspecify.annotations.Nullable Throwable next(Throwable failure) {
        return failure instanceof jakarta.mail.MessagingException messaging && messaging.getNextException() != null
                ? messaging.getNextException()
                : failure.getCause();
    }
}
