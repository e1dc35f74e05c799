package io.creditrollover.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the program takes to do nothing: {@code status}, started several ways. */
final class StartUp {
    private static final int TIMES = 5;

    /** One start. */
    @FunctionalInterface
    private interface Start {
        MeasuredProcess.Ended run() throws Exception;
    }

    private StartUp() {}

    /** Returns the median seconds of a process by how it was started. */
    static Map<String, Double> measure(Server server) throws Exception {
        Map<String, Double> seconds = new LinkedHashMap<>();
        HostData data = new HostData(server, 1_000);
        data.prepare();
        String url = server.url(data.restore());
        Path extracted = Path.of("target", "benchmark-extracted");
        String jar = extracted.resolve(ThisJob.JAR.getFileName()).toString();
        if (!Files.exists(extracted)) {
            tools(url, "extract", "--destination", extracted.toString());
        }
        String archive = Path.of("target", "benchmark.jsa").toString();
        ThisJob.command(url, List.of("-XX:ArchiveClassesAtExit=" + archive, "-jar", jar), "status", "--json");
        seconds.put("java -jar", median(url, List.of("-jar", ThisJob.JAR.toString())));
        seconds.put("extracted jar", median(url, List.of("-jar", jar)));
        seconds.put(
                "extracted jar, CDS archive", median(url, List.of("-XX:SharedArchiveFile=" + archive, "-jar", jar)));
        seconds.put(
                "extracted jar, CDS archive, C1 only",
                median(
                        url,
                        List.of(
                                "-XX:SharedArchiveFile=" + archive,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                jar)));
        seconds.put("distribution", median(() -> Distribution.command(url, "status", "--json")));
        seconds.put("distribution, `--help`", median(() -> Distribution.command(url, "--help")));
        return seconds;
    }

    private static void tools(String url, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("-Djarmode=tools", "-jar", ThisJob.JAR.toString()));
        command.addAll(Arrays.asList(arguments));
        MeasuredProcess.java(url, command);
    }

    private static double median(String url, List<String> options) throws Exception {
        return median(() -> ThisJob.command(url, options, "status", "--json"));
    }

    private static double median(Start start) throws Exception {
        double[] seconds = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            seconds[i] = start.run().seconds();
        }
        Arrays.sort(seconds);
        return seconds[TIMES / 2];
    }
}
