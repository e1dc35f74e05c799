package io.creditrollover.report;

import java.util.List;

/**
 * A run's report. Terminal, HTML page and both mail parts render it, so their content is the same.
 *
 * @param summary the cause, and how to resume
 * @param facts data of the run itself
 */
public record ReportPage(
        String title, List<String> summary, List<KeyNumber> numbers, List<Section> sections, List<Fact> facts) {

    /** A figure at the top of the page. {@code before} is the value a month earlier; empty without a run. */
    public record KeyNumber(String label, String value, String detail, String before) {}

    public record Fact(String label, String value) {}

    public ReportPage withSummary(List<String> sentences) {
        return new ReportPage(title, sentences, numbers, sections, facts);
    }
}
