package io.creditrollover.webhook;

import io.creditrollover.exit.Causes;
import io.creditrollover.lease.StopSignal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Sends one message, with a timeout for the whole attempt: a receiver can answer byte by byte. Thread-safe. */
@Component
class HttpSender {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration WHEN_ASKED_TO_STOP = Duration.ofSeconds(2);
    private static final long STEP_MILLIS = 50;

    private final AddressCheck addresses = new AddressCheck(InetAddress::getAllByName);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final Duration timeout;

    HttpSender() {
        this(ATTEMPT);
    }

    HttpSender(Duration timeout) {
        this.timeout = timeout;
    }

    /** {@code now} is the signed time. */
    Answer send(Endpoint endpoint, Message message, Instant now, StopSignal signal) {
        FutureTask<Answer> task = new FutureTask<>(() -> attempt(endpoint, message, now));
        Thread thread = new Thread(task, "webhook");
        thread.setDaemon(true);
        thread.start();
        long start = System.nanoTime();
        long stop = Long.MAX_VALUE;
        try {
            while (true) {
                try {
                    return task.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    long passed = System.nanoTime() - start;
                    if (signal.isRequested()) {
                        stop = Math.min(stop, passed + WHEN_ASKED_TO_STOP.toNanos());
                    }
                    if (passed > Math.min(stop, timeout.toNanos())) {
                        task.cancel(true);
                        return passed > stop ? Answer.STOPPED : tooSlow();
                    }
                }
            }
        } catch (ExecutionException failed) {
            return broken(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return Answer.STOPPED;
        }
    }

    private Answer attempt(Endpoint endpoint, Message message, Instant now) throws InterruptedException {
        try {
            addresses.require(endpoint);
            HttpResponse<Void> response = client.send(request(endpoint, message, now), info -> new BoundedDiscard());
            return Answer.of(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After").flatMap(header -> Answer.retryAfter(header, now)));
        } catch (AddressCheck.RefusedException refused) {
            return Answer.none(Causes.firstLine(refused));
        } catch (UnknownHostException unknown) {
            return Answer.none("its host is unknown");
        } catch (HttpTimeoutException slow) {
            return tooSlow();
        } catch (ConnectException away) {
            return Answer.none("no connection is possible");
        } catch (IOException broken) {
            return broken(broken);
        }
    }

    /** The exception's message can contain what the receiver sent. */
    private static Answer broken(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        return Answer.none("the connection failed, or the answer was not HTTP (" + type + ")");
    }

    private HttpRequest request(Endpoint endpoint, Message message, Instant now) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.url())
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "credit-rollover");
        if (!endpoint.isChat()) {
            long seconds = now.getEpochSecond();
            request.header("webhook-id", message.id())
                    .header("webhook-timestamp", String.valueOf(seconds))
                    .header(
                            "webhook-signature",
                            Signature.of(endpoint.secrets(), message.id(), seconds, message.body()));
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(message.body())).build();
    }

    private Answer tooSlow() {
        return Answer.none("it did not answer within " + timeout);
    }
}
