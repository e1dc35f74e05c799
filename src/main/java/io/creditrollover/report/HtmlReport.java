package io.creditrollover.report;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.stereotype.Component;

/** One HTML page without other files or network, for light and dark mode, phone and desktop. */
@Component
public class HtmlReport {
    private final Templates templates;

    HtmlReport(Templates templates) {
        this.templates = templates;
    }

    /**
     * Writes the file completely or not at all.
     *
     * @throws io.creditrollover.exit.ExitException 64 if the file cannot be written
     */
    public void write(ReportPage page, Path file) {
        AtomicFileWriter.write(file, out -> out.write(templates.fill("report/page.html", Map.of("page", page))));
    }
}
