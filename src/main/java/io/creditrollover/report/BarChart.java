package io.creditrollover.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two stacked figures per month.
 *
 * @param title with the unit
 * @param lower name of the lower figure
 * @param upper name of the upper figure
 */
public record BarChart(String title, String lower, String upper, List<Month> months) {
    private static final int WIDTH = 640;
    private static final int PLOT_HEIGHT = 180;
    private static final int TOP = 20;
    private static final int LEFT = 8;

    /** One bar; figures are not negative. {@code month} is for the tooltip, {@code label} below the bar. */
    public record Month(String month, String label, long lower, long upper) {}

    /** A bar in units of the SVG's view box. {@code side} is where a tooltip has room: start, middle or end. */
    public record Bar(
            String label,
            double x,
            double middle,
            double width,
            Part lower,
            Part upper,
            String total,
            String tooltip,
            String month,
            String side) {}

    public record Part(double y, double height) {}

    public List<Bar> bars() {
        long most = Math.max(
                1, months.stream().mapToLong(m -> m.lower() + m.upper()).max().orElse(1));
        double step = (double) (WIDTH - 2 * LEFT) / Math.max(1, months.size());
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < months.size(); i++) {
            bars.add(bar(months.get(i), LEFT + i * step, step, most));
        }
        return bars;
    }

    private Bar bar(Month month, double x, double step, long most) {
        double lower = (double) month.lower() / most * PLOT_HEIGHT;
        double upper = (double) month.upper() / most * PLOT_HEIGHT;
        double ground = TOP + PLOT_HEIGHT;
        String tooltip = month.month() + ": " + ReportFormats.number(month.lower()) + " " + this.lower + ", "
                + ReportFormats.number(month.upper()) + " " + this.upper;
        return new Bar(
                month.label(),
                x + step * 0.15,
                x + step / 2,
                step * 0.7,
                new Part(ground - lower, lower),
                new Part(ground - lower - upper, upper),
                compact(month.lower() + month.upper()),
                tooltip,
                month.month(),
                x < WIDTH / 3.0 ? "start" : x > WIDTH * 2 / 3.0 ? "end" : "middle");
    }

    /** Leaves room above the bars for a tooltip. */
    public String viewBoxWithTooltip() {
        return "0 -" + TOP + " " + WIDTH + " " + (2 * TOP + PLOT_HEIGHT + 26);
    }

    public String viewBox() {
        return "0 0 " + WIDTH + " " + (TOP + PLOT_HEIGHT + 26);
    }

    /** Returns the y coordinate of the month labels. */
    public int labelLine() {
        return TOP + PLOT_HEIGHT + 18;
    }

    /** Returns a short form for a bar, such as {@code 12.3k}. */
    static String compact(long value) {
        if (value == 0) {
            return ReportFormats.NOTHING;
        }
        return value < 10_000
                ? String.valueOf(value)
                : value < 1_000_000 ? in(value, 1_000, "k") : in(value, 1_000_000, "M");
    }

    private static String in(long value, long unit, String name) {
        boolean whole = value % unit == 0 || value >= 100 * unit;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", (double) value / unit) + name;
    }
}
