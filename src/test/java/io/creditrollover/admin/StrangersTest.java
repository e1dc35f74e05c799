package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What strangers leave behind: nothing. The long rounds are in {@code FloodTest}. */
class StrangersTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();

    @Test
    void nothingIsKeptForThem() {
        ApiClient stranger = ConsoleServer.stranger();
        String query = "?q=" + "x".repeat(8_000);
        for (String path : List.of("/", "/login", "/runs/1", "/users", "/audit", "/nothing", "/admin/rollovers")) {
            for (int i = 0; i < 20; i++) {
                assertThat(stranger.get(path + query).cookies())
                        .as(path)
                        .noneMatch(cookie -> cookie.startsWith("CREDIT_ROLLOVER="));
            }
        }
        ApiClient browser = stranger.browsing();
        assertThat(browser.login("nobody", "guess").header("Location")).endsWith("/login?error");
        assertThat(browser.get("/login?error").body()).contains("Wrong name or password");
        assertThat(stranger.postForm("/login", "username=a&password=b").status())
                .isEqualTo(403);
        assertThat(stranger.postForm("/logout", "").status()).isEqualTo(403);
        assertThat(database.count("select count(*) from credit_rollover_sessions"))
                .isZero();
        assertThat(database.count("select count(*) from credit_rollover_sessions_attributes"))
                .isZero();
    }

    @Test
    void aLoginOfAnotherConsoleCountsAndAnAccountHasTwentySessionsAtMost() {
        for (int i = 0; i < Sessions.MAX_PER_ACCOUNT + 3; i++) {
            ConsoleServer.stranger().loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
        }
        assertThat(database.count("select count(*) from credit_rollover_sessions"))
                .isEqualTo(Sessions.MAX_PER_ACCOUNT);
    }

    @Test
    void slowSendersHoldNeitherAPageNorAProbeNorARun() throws Exception {
        host.manyUsers(50);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                slow.add(slowPost(ConsoleServer.port()));
            }
            assertThat(ConsoleServer.stranger().get("/login").status()).isEqualTo(200);
            assertThat(ConsoleServer.stranger().get("/actuator/health/liveness").status())
                    .isEqualTo(200);
            // From another address, since the places of that one may all be taken.
            ApiClient olga = ConsoleServer.operator().with("X-Forwarded-For", "198.51.100.20");
            String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            assertThat(olga.awaitEnd(run).path("status").asString()).isEqualTo("COMPLETED");
            int answered = 0;
            for (Socket socket : slow) {
                socket.setSoTimeout(30_000);
                String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                assertThat(status).isIn("HTTP/1.1 503", "HTTP/1.1 408");
                answered++;
            }
            assertThat(answered).isEqualTo(150);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Sends the beginning of a login and no more. */
    static Socket slowPost(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST /login HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nusername=")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
