package io.creditrollover.admin;

import io.creditrollover.report.ReportJson;
import io.creditrollover.report.Templates;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@OnlyWhenServing
@RestController
@RequestMapping("/admin/rollovers/{executionId}")
class ReportApi {
    private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final ReportView reports;
    private final Templates templates;

    ReportApi(ReportView reports, Templates templates) {
        this.reports = reports;
        this.templates = templates;
    }

    @GetMapping("/report")
    ObjectNode report(@PathVariable long executionId) {
        return ReportJson.of(reports.of(executionId));
    }

    /** A file to keep. Shown here, the console's content security policy would refuse the style inside it. */
    @GetMapping("/report.html")
    ResponseEntity<String> page(@PathVariable long executionId) {
        String page = templates.fill("report/page.html", Map.of("page", ReportView.page(reports.of(executionId))));
        return ResponseEntity.ok()
                .contentType(PAGE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report-" + executionId + ".html\"")
                .body(page);
    }
}
