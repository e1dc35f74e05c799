package io.creditrollover.notify;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/**
 * A summary mail, ready to be sent.
 *
 * @param text the plain part; says the same as {@code html}
 * @param chart a PNG shown in {@code html}; null where it could not be drawn
 */
record SummaryMail(
        String subject, String text, String html, @Nullable Resource chart) {
    /** The Content-ID by which {@code html} names the chart. */
    static final String CHART_ID = "chart";
}
