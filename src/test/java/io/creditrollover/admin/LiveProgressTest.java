package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The progress of a run, as its open pages are told. */
class LiveProgressTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();

    @Test
    @Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRunThatIsGoneEndsItsOwnStreamAndNoOther() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        ApiClient olga = ConsoleServer.operator();
        String gone = olga.post("/admin/run-rollover", "{\"dryRun\": true}").header("Location");
        olga.awaitEnd(gone);
        database.execute("update credit_rollover_runs set status = 'RUNNING' where mode = 'dry-run'");
        try (var lock = host.lock(busy);
                BufferedReader ofGone = stream(gone)) {
            assertThat(ofGone.readLine()).startsWith("data:");
            database.execute(
                    "delete from credit_rollover_figures", "delete from credit_rollover_runs where mode = 'dry-run'");
            while (ofGone.readLine() != null) {
                // To the end of the stream.
            }
            String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            try (BufferedReader ofRun = stream(run)) {
                assertThat(ofRun.readLine()).startsWith("data:").contains("RUNNING");
                lock.rollback();
                String last = "";
                for (String line = ofRun.readLine(); line != null; line = ofRun.readLine()) {
                    last = line.isBlank() ? last : line;
                }
                assertThat(last).contains("COMPLETED");
            }
        }
    }

    private static BufferedReader stream(String location) throws Exception {
        String execution = location.substring(location.lastIndexOf('/') + 1);
        ApiClient session = ConsoleServer.stranger().loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
        HttpResponse<java.io.InputStream> response = session.http()
                .send(
                        session.request("/runs/" + execution + "/progress")
                                .GET()
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }
}
