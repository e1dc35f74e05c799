package io.creditrollover.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * What a month costs after 1, 24 and 60 months: the job, its report, its mail and the console's pages, for 300,000 users;
 * then all pages after 60 months with a million users ({@link PageTimes}). For docs/performance.md.
 *
 * <p>Arguments: {@code months=1,24,60}, {@code rounds=3}, {@code server=pg15} or a JDBC URL up to the database's name,
 * {@code directory=...} for the server, {@code only=load} to make the databases and measure nothing,
 * {@code only=months} or {@code only=pages} for one of the tables.
 */
public final class Months {
    private final Arguments arguments;
    private final Map<Integer, double[]> medians = new LinkedHashMap<>();

    private Months(String... arguments) {
        this.arguments = Arguments.of(arguments);
    }

    /** Measures, and writes tables to standard output. */
    public static void main(String[] arguments) throws Exception {
        new Months(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path directory = Path.of(arguments.text("directory", "/tmp/credit-rollover-months"));
        String name = arguments.text("server", "pg15");
        List<Integer> months = Arrays.stream(arguments.text("months", "1,24,60").split(","))
                .map(Integer::parseInt)
                .toList();
        try (Server server = Server.named(name, directory)) {
            System.out.println(server.description());
            for (int each : months) {
                load(server, each);
            }
            String only = arguments.text("only", "");
            if (only.isEmpty() || only.equals("months")) {
                measure(server, months, Integer.parseInt(arguments.text("rounds", "3")));
            }
            if (only.isEmpty() || only.equals("pages")) {
                PageTimes.measure(server, database(months.get(months.size() - 1)));
            }
        }
    }

    /** The sizes take turns, so that what else the machine does is spread over them. */
    private void measure(Server server, List<Integer> months, int rounds) throws Exception {
        double[][][] seconds = new double[months.size()][rounds][];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < months.size(); i++) {
                try (MonthOfHistory month = new MonthOfHistory(server, database(months.get(i)))) {
                    seconds[i][round] = month.measure();
                }
                System.out.println(
                        months.get(i) + " months, round " + round + ": " + Arrays.toString(seconds[i][round]));
            }
        }
        System.out.println("\n| completed months | " + String.join(" | ", MonthOfHistory.MEASURED) + " |");
        System.out.println("|---:" + "|---:".repeat(MonthOfHistory.MEASURED.size()) + "|");
        for (int i = 0; i < months.size(); i++) {
            medians.put(months.get(i), median(seconds[i]));
            System.out.println(line(months.get(i)));
        }
    }

    private String line(int months) {
        double[] first = medians.values().iterator().next();
        double[] own = Objects.requireNonNull(medians.get(months));
        StringBuilder line = new StringBuilder("| " + months);
        for (int i = 0; i < own.length; i++) {
            line.append(String.format(Locale.ROOT, " | %.3f (%.2f)", own[i], own[i] / first[i]));
        }
        return line + " |";
    }

    private static double[] median(double[]... rounds) {
        double[] medians = new double[rounds[0].length];
        for (int i = 0; i < medians.length; i++) {
            int measure = i;
            double[] sorted = Arrays.stream(rounds)
                    .mapToDouble(round -> round[measure])
                    .sorted()
                    .toArray();
            medians[i] = sorted[sorted.length / 2];
        }
        return medians;
    }

    private static String database(int months) {
        return "benchmark_months_" + months;
    }

    /**
     * Makes a database where it is not there yet, or brings it to this version. {@code migrate} stores the figures of the old
     * months.
     */
    private static void load(Server server, int months) throws Exception {
        JdbcTemplate jdbc = server.jdbc("postgres");
        String database = database(months);
        if (!jdbc.queryForList("select 1 from pg_database where datname = ?", database)
                .isEmpty()) {
            ThisJob.command(server.url(database), List.of(), "migrate");
            return;
        }
        String making = database + "_making";
        jdbc.execute("drop database if exists " + making + " with (force)");
        jdbc.execute("create database " + making);
        JdbcTemplate made = server.jdbc(making);
        String history = new ClassPathResource("benchmark/history.sql")
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("${months}", String.valueOf(months))
                .replace("${date}", HostData.DATE.toString())
                .replace("${cutoff}", HostData.cutoff());
        try (Connection connection =
                Objects.requireNonNull(made.getDataSource()).getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/host/host-tables.sql"));
            ThisJob.command(server.url(making), List.of(), "migrate");
            List<String> indexes = dropIndexesOfEvents(made);
            ScriptUtils.executeSqlScript(connection, new ByteArrayResource(history.getBytes(StandardCharsets.UTF_8)));
            indexes.forEach(made::execute);
        }
        made.execute("vacuum (freeze, analyze)");
        ThisJob.command(server.url(making), List.of(), "migrate");
        jdbc.execute("alter database " + making + " rename to " + database);
    }

    /** Returns the statements that make them again: sixteen million rows are sorted faster than they are inserted. */
    private static List<String> dropIndexesOfEvents(JdbcTemplate jdbc) {
        String plain = " from pg_index where indrelid = 'credit_rollover_events'::regclass and not indisunique";
        List<String> definitions = jdbc.queryForList("select pg_get_indexdef(indexrelid)" + plain, String.class);
        jdbc.queryForList("select indexrelid::regclass::text" + plain, String.class)
                .forEach(index -> jdbc.execute("drop index " + index));
        return definitions;
    }
}
