package io.creditrollover.report;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.stereotype.Component;

/** One page with everything in it: no other file, no network, light and dark, phone and desk. */
@Component
public class HtmlReport {
    private final Templates templates;

    HtmlReport(Templates templates) {
        this.templates = templates;
    }

    /**
     * Writes the page to a file, whole or not at all.
     *
     * @throws io.creditrollover.exit.ExitException 64 when it cannot be written there
     */
    public void write(ReportPage page, Path file) {
        AtomicFileWriter.write(file, out -> out.write(templates.fill("report/page.html", Map.of("page", page))));
    }
}
