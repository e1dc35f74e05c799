package io.creditrollover.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A row of the table in {@code src/test/mutants/run.sh}. */
record Mutant(String name, String broken, String file, String change, String test, String profile) {
    private static final Path SCRIPT = Path.of("src/test/mutants/run.sh");

    static List<Mutant> all() throws IOException {
        return Files.readString(SCRIPT)
                .split("<<'TABLE'\n", 2)[1]
                .split("\nTABLE\n", 2)[0]
                .lines()
                .map(Mutant::parse)
                .toList();
    }

    private static Mutant parse(String row) {
        String[] cells = row.split("\\|", -1);
        if (cells.length != 6) {
            throw new IllegalArgumentException(SCRIPT + ": a row has " + cells.length + " cells instead of 6: " + row);
        }
        return new Mutant(
                cells[0],
                cells[1],
                cells[2].replace("MAIN", "src/main/java/io/creditrollover"),
                cells[3],
                cells[4],
                cells[5]);
    }

    String original() {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the broken text, by Perl as in the script. */
    String text() {
        try {
            Process perl = new ProcessBuilder("perl", "-0pe", change, file)
                    .redirectErrorStream(true)
                    .start();
            return new String(perl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
