package io.creditrollover.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Two rows of bars as an SVG: how long each contender took, and how long spends waited meanwhile (on a log scale). */
final class Chart {
    private static final int LEFT = 250;
    private static final int WIDTH = 420;
    private static final int BAR = 22;

    private final StringBuilder svg = new StringBuilder();
    private int y;

    private Chart() {}

    static void write(Path file, Map<String, List<Figures.Line>> lines) throws IOException {
        Chart chart = new Chart();
        chart.bars("Job, seconds", lines, Figures.Line::jobSeconds, false);
        chart.bars("p99 of live spends, ms (log scale)", lines, Figures.Line::p99, true);
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                <svg xmlns="http://www.w3.org/2000/svg" width="760" height="%d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """.formatted(chart.y + 10, chart.svg));
    }

    private void bars(
            String title, Map<String, List<Figures.Line>> lines, ToDoubleFunction<Figures.Line> figure, boolean log) {
        text(10, y + 22, title, "font-weight=\"bold\"");
        y += 32;
        double greatest = lines.values().stream()
                .mapToDouble(some -> Figures.median(some, figure))
                .max()
                .orElse(1);
        lines.forEach((contender, some) -> {
            double value = Figures.median(some, figure);
            if (value > 0) {
                bar(contender, value, log ? Math.log1p(value) / Math.log1p(greatest) : value / greatest);
            }
        });
    }

    private void bar(String contender, double value, double share) {
        String color = contender.equals("this job") ? "#1a7f5a" : "#8899aa";
        text(10, y + 15, contender, "");
        svg.append(Report.format(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LEFT, y, Math.max(1, share * WIDTH), BAR - 4, color));
        text((int) (LEFT + share * WIDTH + 6), y + 15, Report.format("%,.1f", value), "");
        y += BAR;
    }

    private void text(int x, int baseline, String words, String attributes) {
        svg.append(Report.format("<text x=\"%d\" y=\"%d\" %s>%s</text>%n", x, baseline, attributes, words));
    }
}
