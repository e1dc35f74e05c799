package io.creditrollover.report;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A report as one HTML page: no other file, no network; light and dark, phone and desktop. */
@Component
public class HtmlReport {
    private final Templates templates;

    HtmlReport(Templates templates) {
        this.templates = templates;
    }

    /**
     * Writes the page to a file, completely or not at all.
     *
     * @throws io.creditrollover.exit.ExitException 64 if the file cannot be written
     */
    public void write(ReportPage page, Path file) {
        AtomicFileWriter.write(file, out -> out.write(templates.fill("report/page.html", Map.of("page", page))));
    }
}
