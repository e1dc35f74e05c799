package io.creditrollover.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what is told of a run: a heading, what its figures mean, a table.
 *
 * @param meanings one sentence each
 * @param columns heads of the table; the first column holds words, the rest figures, unless {@code words}
 * @param words whether all columns hold words
 * @param chart the same as a picture; null for none
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
