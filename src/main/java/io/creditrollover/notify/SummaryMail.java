package io.creditrollover.notify;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** A summary mail. {@code chart} is a PNG; null for none. */
record SummaryMail(
        String subject, String text, String html, @Nullable Resource chart) {
    /** Content-ID of the chart in {@code html}. */
    static final String CHART_ID = "chart";
}
