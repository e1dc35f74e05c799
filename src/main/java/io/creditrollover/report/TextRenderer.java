package io.creditrollover.report;

import java.util.ArrayList;
import java.util.List;

/** Renders a page as plain text in columns. */
public final class TextRenderer {
    private TextRenderer() {}

    /** Returns the text without a trailing line break. */
    public static String text(ReportPage page) {
        StringBuilder text = new StringBuilder(page.title()).append('\n');
        page.summary().forEach(sentence -> text.append('\n').append(sentence).append('\n'));
        text.append('\n');
        text.append(table(
                page.numbers().stream()
                        .map(n -> List.of(n.label(), n.value(), n.detail(), n.before()))
                        .toList(),
                false));
        for (Section section : page.sections()) {
            text.append('\n')
                    .append(section.title().toUpperCase(java.util.Locale.ROOT))
                    .append('\n');
            section.meanings()
                    .forEach(meaning -> text.append("  ").append(meaning).append('\n'));
            List<List<String>> rows = new ArrayList<>();
            rows.add(section.columns());
            rows.addAll(section.rows());
            text.append(table(rows, section.words()));
        }
        text.append("\nTHIS RUN\n");
        text.append(table(
                page.facts().stream().map(f -> List.of(f.label(), f.value())).toList(), true));
        return text.toString().stripTrailing();
    }

    /** Aligns text left, figures right; the first column is text. */
    private static String table(List<List<String>> rows, boolean words) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths.get(i) - row.get(i).length());
                line.append("  ").append(i == 0 || words ? row.get(i) + padding : padding + row.get(i));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }
}
