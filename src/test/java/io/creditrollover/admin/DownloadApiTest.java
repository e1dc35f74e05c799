package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Downloads at a time: as many as are being written, however many were asked for. */
class DownloadApiTest {
    private final ApiClient olga = ConsoleServer.operator();

    @Test
    void aDownloadThatNeverBeginsTakesNoSlot() {
        ConsoleServer.emptied();
        for (int i = 0; i < 3; i++) {
            download();
        }

        assertThat(olga.get("/admin/audit.csv").status()).isEqualTo(200);
    }

    @Test
    void aFourthAtATimeIsAskedToComeAgain() throws IOException {
        ConsoleServer.emptied();
        List<ApiClient.Answer> answers = new ArrayList<>();

        within(3, () -> answers.add(olga.get("/admin/audit.csv")));

        ApiClient.Answer fourth = answers.get(0);
        assertThat(fourth.status()).isEqualTo(503);
        assertThat(fourth.body()).contains("3 downloads are running");
        assertThat(fourth.header("Content-Type")).startsWith("application/problem+json");
        assertThat(fourth.header("Content-Disposition")).isEmpty();
        assertThat(fourth.header("Retry-After")).isNotEmpty();
        assertThat(olga.get("/admin/audit.csv").status()).isEqualTo(200);
    }

    private static StreamingResponseBody download() {
        return Objects.requireNonNull(
                ConsoleServer.bean(DownloadApi.class).audit(null, null, null).getBody());
    }

    /** Does the work at the first byte of the last of so many downloads, each begun at the first byte of the one before. */
    private static void within(int downloads, Runnable work) throws IOException {
        if (downloads == 0) {
            work.run();
            return;
        }
        download().writeTo(new OutputStream() {
            private boolean begun;

            @Override
            public void write(int character) throws IOException {
                if (!begun) {
                    begun = true;
                    within(downloads - 1, work);
                }
            }
        });
    }
}
