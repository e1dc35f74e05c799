package io.creditrollover.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Prints for people, 100 columns wide; in colour only on a terminal. */
final class DemoTerminal {
    private static final int COLUMNS = 100;

    private final PrintStream out;

    DemoTerminal(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println();
        out.println(Ansi.AUTO.string("@|bold " + text + "|@"));
        out.println();
    }

    /** A line as it is. */
    void line(String format, @Nullable Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }

    /** A line that may hold picocli's markup; what fills it in comes from the demo's data, which holds none. */
    void styled(String format, @Nullable Object... arguments) {
        out.println(
                Ansi.AUTO.string(String.format(Locale.ROOT, format, arguments).stripTrailing()));
    }

    /** A text, broken into lines and indented. */
    void paragraph(String indent, String text) {
        text.lines().forEach(line -> wrap(line, COLUMNS - indent.length()).forEach(part -> line("%s%s", indent, part)));
    }

    /** Breaks a line that is too long between words; what is not too long keeps its spaces. */
    static List<String> wrap(String line, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = line;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            int end = space > 0 ? space : columns;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
