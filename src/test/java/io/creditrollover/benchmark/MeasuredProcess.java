package io.creditrollover.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process, with how long it ran and how much memory it had. */
final class MeasuredProcess {
    private MeasuredProcess() {}

    /**
     * How a process ended.
     *
     * @param out its standard output
     * @param processorSeconds what it used of processors, but for its last moments
     * @param residentMegabytes the most resident memory seen; 0 where {@code /proc} does not tell
     */
    record Ended(String out, double seconds, double processorSeconds, long residentMegabytes) {}

    /** The JVM flags of docs/performance.md: a run ends before the second compiler pays, and shares its processors. */
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Runs {@code java arguments} on a database to its end, which must be a good one. */
    static Ended java(String url, List<String> arguments) throws IOException, InterruptedException {
        return java(url, Map.of(), arguments);
    }

    /** As above, with more of an environment. */
    static Ended java(String url, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(arguments);
        return command(url, environment, command);
    }

    /** Runs any command to its end, which must be a good one. */
    static Ended command(String url, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("benchmark", ".out");
        Path err = Files.createTempFile("benchmark", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ROLLOVER_") || name.startsWith("SPRING_"));
        builder.environment().put("SPRING_DATASOURCE_URL", url);
        builder.environment().put("SPRING_DATASOURCE_USERNAME", "postgres");
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        long resident = 0;
        double processor = 0;
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            resident = Math.max(resident, residentMegabytes(process.pid()));
            processor = Math.max(processor, ProcessorTime.of(process.pid()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "exit " + process.exitValue() + ": " + Files.readString(out) + Files.readString(err));
        }
        return new Ended(Files.readString(out), seconds, processor, resident);
    }

    static long residentMegabytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }
}
