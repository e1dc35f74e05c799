package io.creditrollover.report;

import java.util.List;

/**
 * What is told of a run, in order; terminal, HTML page and both parts of the mail are renderings of it and so say the
 * same.
 *
 * @param title the month, the mode and the status
 * @param summary the sentences on top: the cause and how to go on where it did not complete
 * @param numbers the month in three numbers
 * @param facts labels and values of the run itself
 */
public record ReportPage(
        String title, List<String> summary, List<KeyNumber> numbers, List<Section> sections, List<Fact> facts) {

    /**
     * A figure that stands on top.
     *
     * @param detail what belongs to it
     * @param before the same a month earlier, in words; empty where there was no run
     */
    public record KeyNumber(String label, String value, String detail, String before) {}

    /** One thing about the run. */
    public record Fact(String label, String value) {}

    /** Returns the same page with other sentences on top. */
    public ReportPage withSummary(List<String> sentences) {
        return new ReportPage(title, sentences, numbers, sections, facts);
    }
}
