package io.creditrollover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every order of the protocol's steps, with small bounds; {@code docs/model/check.sh} has larger ones. */
class ModelTest {
    @Test
    void eachCheckOfTheModelEndsAsExpected() throws Exception {
        List<String> missing =
                Stream.of("spin", "gcc").filter(program -> !installed(program)).toList();
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(missing.isEmpty(), () -> "The model needs the packages " + missing + ".");
        }
        assertThat(missing).as("packages to install").isEmpty();

        Process check = new ProcessBuilder("docs/model/check.sh", "--quick")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains(" ok "))).as(said).hasSizeGreaterThan(15);
    }

    private static boolean installed(String program) {
        return Stream.of("/usr/bin", "/usr/local/bin")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
