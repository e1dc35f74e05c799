package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What those send who mean no good, or do not know better. */
class HostileInputTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();

    @Test
    void aBodyOfTenMegabytesIsNotEvenRead() {
        String large = "{\"approve\": \"" + "x".repeat(10_000_000) + "\"}";
        try {
            assertThat(ConsoleServer.operator()
                            .post("/admin/run-rollover", large)
                            .status())
                    .isEqualTo(413);
        } catch (UncheckedIOException closed) {
            // As good: a server that does not read on may close the connection before all of it was sent.
            assertThat(closed.getCause()).isInstanceOf(IOException.class);
        }
        ApiClient operator = ConsoleServer.operator();
        var streamed = operator.request("/admin/run-rollover")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'{', '}'})))
                .build();
        assertThat(operator.send("/admin/run-rollover", streamed).status()).isEqualTo(411);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void sqlInFiltersIsRefusedOrFindsNothing() throws InterruptedException {
        host.aLapsedUser();
        String run = ConsoleServer.operator()
                .post("/admin/run-rollover", "{\"dryRun\": true}")
                .header("Location");
        ConsoleServer.operator().awaitEnd(run);
        for (String filter : List.of(
                "action=expiry%27%20or%201=1--",
                "reasonCode=X%27;drop%20table%20users", "user=%25", "size=-1", "page=99999999")) {
            assertThat(ConsoleServer.viewer().get(run + "/events?" + filter).status())
                    .as(filter)
                    .isEqualTo(400);
        }
        assertThat(database.count("select count(*) from users")).isEqualTo(1);
    }

    @Test
    void reasonsAreOneLineAndBounded() {
        assertThat(ConsoleServer.operator()
                        .post("/admin/run-rollover", "{\"approve\": \"" + "x".repeat(501) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(ConsoleServer.operator()
                        .post("/admin/run-rollover", "{\"approve\": \"one\\ntwo\"}")
                        .status())
                .isEqualTo(400);
    }
}
