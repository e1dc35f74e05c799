package io.creditrollover.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A row of {@code docs/matrix.md}.
 *
 * @param section the heading above it, which says how to break it
 * @param broken what is broken
 * @param command with its arguments
 * @param says words of the one sentence
 * @param writes what is there afterwards that was not there before
 */
record Row(String section, String broken, String command, int exit, List<String> says, String writes) {
    private static final Path TABLE = Path.of("docs", "matrix.md");

    /** Of a row that is run, with what is before its first bar; what turned out otherwise is told in narrower tables. */
    private static final int CELLS = 6;

    private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");
    private static final Set<String> OF_A_MONTH_THAT_RAN =
            Set.of("forecast", "explain", "status", "report", "restart", "undo");

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        String section = "";
        for (String line : lines()) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("| `") && cells(line).length == CELLS) {
                rows.add(parse(section, cells(line)));
            }
        }
        return rows;
    }

    private static String[] cells(String line) {
        return line.split(" ?\\| ?");
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(TABLE);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Row parse(String section, String... cells) {
        return new Row(
                section,
                quoted(cells[1]).get(0),
                quoted(cells[2]).get(0),
                Integer.parseInt(cells[3].strip()),
                quoted(cells[4]),
                cells[5].strip());
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    String[] args() {
        return (command + (isServe() ? "" : " --json")).split(" ");
    }

    boolean isServe() {
        return command.equals("serve");
    }

    boolean isOfAMonthThatRan() {
        return OF_A_MONTH_THAT_RAN.contains(command.split(" ")[0]);
    }

    boolean writesNothing() {
        return writes.equals("nothing");
    }

    @Override
    public String toString() {
        return section + ": " + broken + " | " + command;
    }
}
