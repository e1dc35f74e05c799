package io.creditrollover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The oracle calls nothing of the product, or both could be wrong alike. */
class OracleIsIndependentTest {

    private static final Path ORACLE = Path.of("src/test/java/io/creditrollover/oracle");

    @Test
    void nothingOfTheProductIsNamed() throws IOException {
        List<String> lines;
        try (Stream<Path> files = Files.list(ORACLE)) {
            lines = files.filter(file -> !file.getFileName().toString().endsWith("Test.java"))
                    .flatMap(file -> lines(file).stream())
                    .filter(line -> line.contains("io.creditrollover"))
                    .toList();
        }
        assertThat(lines).isNotEmpty().allMatch(line -> line.contains("io.creditrollover.oracle"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
