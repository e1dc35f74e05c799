package io.creditrollover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pieces of {@code src/test/campaign} name what exists, and its verdict finds what is missing. */
class PiecesTest {
    private static final Path SCRIPTS = Path.of("src/test/campaign");

    @TempDir
    private Path directory;

    @Test
    void eachPieceNamesTestsThatExist() throws Exception {
        List<String[]> pieces = pieces();
        assertThat(pieces).hasSizeGreaterThan(30).allMatch(cells -> cells.length == 7);
        assertThat(pieces.stream()
                        .filter(cells -> !cells[2].startsWith("!") && !TestSources.haveAll(cells[2]))
                        .map(cells -> cells[0]))
                .as("pieces whose tests do not exist")
                .isEmpty();
    }

    @Test
    void aShareIsGoodIfNothingFailedOrWasSkippedAndEnoughWasCounted() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), """
                campaign: kills=30 seeds=1-6 violations=0
                chaos: kills=99
                campaign: kills=20 seeds=7-11 violations=0
                campaign: tests=2 failed=0 skipped=0
                """);
        assertThat(verdict(0, log, "kills=100 tests=4", 2)).isEqualTo("ok");
        assertThat(verdict(0, log, "kills=102", 2)).isEqualTo("TOO FEW: 50 kills instead of 51");
        assertThat(verdict(0, log, "kills=100 crashes=2", 2)).isEqualTo("TOO FEW: 0 crashes instead of 1");
        assertThat(verdict(3, log, "kills=100", 2)).isEqualTo("A TEST WAS SKIPPED");
        assertThat(verdict(1, log, "kills=100", 2)).isEqualTo("FAILED");
        assertThat(verdict(137, log, "kills=100", 2)).isEqualTo("FAILED");
    }

    private static String verdict(int exitCode, Path log, String counts, int shares) throws Exception {
        return bash(". src/test/campaign/verdict.sh; verdict " + exitCode + " " + log + " '" + counts + "' " + shares)
                .strip();
    }

    private static List<String[]> pieces() throws Exception {
        String script = ". src/test/campaign/pieces.sh; IFS=,; pieces | sed \"s/VERSIONS/${VERSIONS[*]}/\"";
        return bash(script).lines().map(row -> row.split("\\|", -1)).toList();
    }

    private static String bash(String script) throws IOException {
        assertThat(Stream.of("pieces.sh", "verdict.sh").map(SCRIPTS::resolve)).allMatch(Files::exists);
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
