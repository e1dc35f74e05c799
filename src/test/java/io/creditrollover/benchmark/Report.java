package io.creditrollover.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the figures into docs/performance.md, between its marks, and draws them beside it. The prose is written by hand. */
final class Report {
    private static final Path PAGE = Path.of("docs", "performance.md");
    private static final String BEGIN = "<!-- figures: written by the benchmark -->\n";
    private static final String END = "<!-- end of figures -->";

    private final Figures figures;
    private final Map<String, String> servers = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> starts = new LinkedHashMap<>();

    Report(Figures figures) {
        this.figures = figures;
    }

    void add(String server, String description) {
        servers.put(server, description);
    }

    void start(String server, Map<String, Double> seconds) {
        starts.put(server, seconds);
    }

    void write() throws IOException {
        StringBuilder text = new StringBuilder(machine());
        for (Map.Entry<String, String> server : servers.entrySet()) {
            text.append("\n## ").append(server.getValue()).append("\n");
            for (int users : sizes(server.getKey())) {
                size(text, server.getKey(), users);
            }
        }
        starts.values().stream().findFirst().ifPresent(seconds -> startUp(text, seconds));
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(PAGE, page.substring(0, begin) + text + page.substring(page.indexOf(END)));
    }

    private List<Integer> sizes(String server) throws IOException {
        return figures.all().stream()
                .filter(line -> line.server().equals(server))
                .map(Figures.Line::users)
                .distinct()
                .sorted()
                .toList();
    }

    private void size(StringBuilder text, String server, int users) throws IOException {
        Map<String, List<Figures.Line>> lines = new LinkedHashMap<>();
        for (String contender : Benchmark.contenders()) {
            List<Figures.Line> some = figures.of(server, users, contender);
            if (!some.isEmpty()) {
                lines.put(contender, some);
            }
        }
        List<Figures.Line> seeds = lines.getOrDefault(PlainSql.SEEDS_TABLE, List.of());
        List<Figures.Line> ours = lines.getOrDefault(PlainSql.OUR_TABLE, List.of());
        text.append(format(
                "%n### %,d users%n%nMedians of %d runs, ratios by round; spread of the job in brackets. `max` is the greatest of all runs.%n%n",
                users, lines.values().iterator().next().size()));
        text.append(
                "| | job, s | ÷ SQL, seed's table | ÷ SQL, this table | process, s | CPU of server + process, s | RSS, MB | spends p50, ms | p99, ms | max, ms |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        lines.forEach((contender, some) -> text.append(row(contender, some, seeds, ours)));
        String chart = server.replaceAll("[^\\w-]", "-") + "-" + users + ".svg";
        Chart.write(PAGE.resolveSibling("performance").resolve(chart), lines);
        text.append(format("%n![Seconds and waits, %,d users](performance/%s)%n", users, chart));
    }

    private static String row(
            String contender, List<Figures.Line> lines, List<Figures.Line> seeds, List<Figures.Line> ours) {
        double job = Figures.median(lines, Figures.Line::jobSeconds);
        String waits = format(
                "%.1f | %.1f | %,.0f",
                Figures.median(lines, Figures.Line::p50),
                Figures.median(lines, Figures.Line::p99),
                Figures.greatest(lines, Figures.Line::max));
        if (job == 0) {
            return format("| %s | | | | | | | %s |%n", contender, waits);
        }
        double resident = Figures.median(lines, Figures.Line::residentMegabytes);
        return format(
                "| %s | %.2f (%.2f–%.2f) | %s | %s | %.2f | %.1f + %.1f | %s | %s |%n",
                contender,
                job,
                -Figures.greatest(lines, line -> -line.jobSeconds()),
                Figures.greatest(lines, Figures.Line::jobSeconds),
                ratio(Figures.medianRatio(lines, seeds)),
                ratio(Figures.medianRatio(lines, ours)),
                Figures.median(lines, Figures.Line::processSeconds),
                Figures.median(lines, Figures.Line::serverProcessorSeconds),
                Figures.median(lines, Figures.Line::processorSeconds),
                resident == 0 ? "" : format("%.0f", resident),
                waits);
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "" : format("%.2f", ratio);
    }

    private static void startUp(StringBuilder text, Map<String, Double> seconds) {
        text.append("\n## Start-up\n\nThe command `status`, whole process, median of five.\n\n| | s |\n|---|---:|\n");
        seconds.forEach((how, median) -> text.append(format("| %s | %.2f |%n", how, median)));
    }

    private static String machine() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        String memory = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal"))
                .map(line -> format("%.0f GB", Long.parseLong(line.replaceAll("\\D", "")) / 1048576.0))
                .collect(Collectors.joining());
        return format(
                "%nMeasured on %s: %d cores of %s, %s of memory, Java %s; server, job and live spends on the same machine.%n",
                LocalDate.now(HostData.ZONE),
                Runtime.getRuntime().availableProcessors(),
                processor,
                memory,
                Runtime.version().feature());
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
