package io.creditrollover.report;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A report for programs: a run's own JSON, and its figures under {@code figures}. */
public final class ReportJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportJson() {}

    public static ObjectNode of(RunFigures figures) {
        ObjectNode body = JSON.valueToTree(figures.run());
        ObjectNode inner = JSON.valueToTree(figures);
        inner.remove("run");
        body.set("figures", inner);
        return body;
    }
}
