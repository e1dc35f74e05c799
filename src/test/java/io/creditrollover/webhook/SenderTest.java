package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.config.WebhookType;
import io.creditrollover.lease.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt ends in time and with a sentence, whatever is at the other end; the sentence has nothing of it. */
class SenderTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final HttpSender sender = new HttpSender(TIMEOUT);
    private final StopSignal signal = new StopSignal();

    static Endpoint endpoint(String url, List<String> secrets, boolean allowPrivate) {
        return new Endpoint("crm", URI.create(url), secrets, EnumSet.allOf(WebhookType.class), allowPrivate);
    }

    static Message message(String body) {
        FeedEntry entry = new FeedEntry(
                1, WebhookType.RUN_COMPLETED, 1L, 1L, LocalDate.of(2026, 12, 1), "{}", null, null, Instant.EPOCH);
        return new Message("msg_1", entry, 0, 0, body, Set.of());
    }

    private Answer send(String url) {
        return sender.send(endpoint(url, List.of(WebhookFixture.SECRET), false), message("{}"), Instant.EPOCH, signal);
    }

    @Test
    void aReceiverThatIsTooSlowIsNotWaitedFor() {
        try (Receiver receiver = new Receiver()) {
            receiver.next(Receiver.Script.HOLD);

            assertThat(send(receiver.url()).error()).isEqualTo("it did not answer within PT0.5S");
        }
    }

    @Test
    void aReceiverThatIsAwayIsSaidToBe() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        assertThat(send("http://127.0.0.1:" + port).error()).isEqualTo("no connection is possible");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111 is not HTTP\r\n\r\n",
                "HTTP/1.1 2xx 4111111111111111\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4111111111111111111111\r\n\r\n",
                "",
            })
    void garbageIsNoAcceptanceAndIsNotRepeated(String garbage) throws IOException {
        try (ServerSocket server = answering(garbage, Duration.ZERO)) {
            Answer answer = send("http://127.0.0.1:" + server.getLocalPort());

            assertThat(answer.isAccepted()).isFalse();
            assertThat(answer.error()).isNotBlank().doesNotContain("4111");
        }
    }

    @Test
    void anAnswerByteByByteIsNotWaitedFor() throws IOException {
        try (ServerSocket server = answering("HTTP/1.1 200 OK\r\nX: " + "y".repeat(1_000), Duration.ofMillis(50))) {
            assertThat(send("http://127.0.0.1:" + server.getLocalPort()).isAccepted())
                    .isFalse();
        }
    }

    @Test
    void aStopDuringAnAttemptIsNoFailure() {
        try (Receiver receiver = new Receiver()) {
            receiver.next(Receiver.Script.HOLD);
            signal.request();

            Answer answer = new HttpSender(Duration.ofSeconds(60))
                    .send(
                            endpoint(receiver.url(), List.of(WebhookFixture.SECRET), false),
                            message("{}"),
                            Instant.EPOCH,
                            signal);

            assertThat(answer.stopped()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.1.2.3/", "https://[fd00::1]/", "https://169.254.169.254/latest"})
    void aPrivateAddressIsRefusedWithTheKeyThatAllowsIt(String url) {
        assertThat(send(url).error())
                .isEqualTo("its host has a private address. To allow it: rollover.webhooks.crm.allow-private=true");
    }

    private static ServerSocket answering(String text, Duration betweenBytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server, text.getBytes(StandardCharsets.UTF_8), betweenBytes));
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void serve(ServerSocket server, byte[] answer, Duration betweenBytes) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                int unused = socket.getInputStream().read();
                for (byte one : answer) {
                    socket.getOutputStream().write(one);
                    LockSupport.parkNanos(betweenBytes.toNanos());
                }
            } catch (IOException closed) {
                // The test, or the sender, has closed it.
            }
        }
    }
}
