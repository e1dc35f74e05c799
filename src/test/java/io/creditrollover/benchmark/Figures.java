package io.creditrollover.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What was measured, kept in a file line by line, so that a measurement that was broken off goes on where it was. */
final class Figures {
    private final Path file;

    Figures(Path file) {
        this.file = file;
    }

    /**
     * One run of one contender.
     *
     * @param users users in the database
     * @param p99 of live spends meanwhile, in milliseconds, as are p50 and max
     */
    record Line(
            String server,
            int users,
            String contender,
            int round,
            double jobSeconds,
            double processSeconds,
            double serverProcessorSeconds,
            double processorSeconds,
            long residentMegabytes,
            int spends,
            double p50,
            double p99,
            double max) {
        private String text() {
            return String.format(
                    Locale.ROOT,
                    "%s;%d;%s;%d;%.3f;%.3f;%.2f;%.2f;%d;%d;%.2f;%.2f;%.2f%n",
                    server,
                    users,
                    contender,
                    round,
                    jobSeconds,
                    processSeconds,
                    serverProcessorSeconds,
                    processorSeconds,
                    residentMegabytes,
                    spends,
                    p50,
                    p99,
                    max);
        }

        private static Line of(String text) {
            String[] f = text.split(";");
            return new Line(
                    f[0],
                    Integer.parseInt(f[1]),
                    f[2],
                    Integer.parseInt(f[3]),
                    Double.parseDouble(f[4]),
                    Double.parseDouble(f[5]),
                    Double.parseDouble(f[6]),
                    Double.parseDouble(f[7]),
                    Long.parseLong(f[8]),
                    Integer.parseInt(f[9]),
                    Double.parseDouble(f[10]),
                    Double.parseDouble(f[11]),
                    Double.parseDouble(f[12]));
        }
    }

    void add(Line line) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, line.text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.print(line.text());
    }

    List<Line> all() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Line::of).toList()
                : List.of();
    }

    List<Line> of(String server, int users, String contender) throws IOException {
        return all().stream()
                .filter(line -> line.server().equals(server)
                        && line.users() == users
                        && line.contender().equals(contender))
                .toList();
    }

    static double median(List<Line> lines, ToDoubleFunction<Line> figure) {
        double[] sorted = lines.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Returns the median over the rounds that both have; NaN without one. */
    static double medianRatio(List<Line> lines, List<Line> reference) {
        double[] ratios = lines.stream()
                .flatMap(line -> reference.stream()
                        .filter(other -> other.round() == line.round())
                        .map(other -> line.jobSeconds() / other.jobSeconds()))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int half = ratios.length / 2;
        return ratios.length == 0
                ? Double.NaN
                : ratios.length % 2 == 1 ? ratios[half] : (ratios[half - 1] + ratios[half]) / 2;
    }

    static double greatest(List<Line> lines, ToDoubleFunction<Line> figure) {
        return lines.stream()
                .map(figure::applyAsDouble)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
