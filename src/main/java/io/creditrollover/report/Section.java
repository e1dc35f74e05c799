package io.creditrollover.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A section of the report.
 *
 * @param meanings one sentence each
 * @param columns headings; the first column holds text, the others figures
 * @param words whether all columns hold text
 * @param chart null for none
 */
public record Section(
        String title,
        List<String> meanings,
        List<String> columns,
        List<List<String>> rows,
        boolean words,
        @Nullable BarChart chart) {

    static Section figures(String title, List<String> meanings, List<String> columns, List<List<String>> rows) {
        return new Section(title, meanings, columns, rows, false, null);
    }

    static Section words(String title, List<String> meanings, List<String> columns, List<List<String>> rows) {
        return new Section(title, meanings, columns, rows, true, null);
    }

    Section with(BarChart picture) {
        return new Section(title, meanings, columns, rows, words, picture);
    }
}
