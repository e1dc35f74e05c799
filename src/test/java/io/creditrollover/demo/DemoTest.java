package io.creditrollover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The first command of the README comes to its end. In a process of its own, as it sets system properties. */
class DemoTest {
    @Test
    void tellsTheMonthToItsEnd() throws IOException, InterruptedException {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DemoApplication.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).as(said).isZero();
        assertThat(said).contains("COMPLETED", "What to try next").doesNotContain("Exception");
        for (String kind : List.of("expiring", "expired", "reinstated")) {
            assertThat(DemoMails.DIRECTORY.resolve("notice-" + kind + ".html"))
                    .content()
                    .contains("<h1>", " credits ");
        }
    }
}
