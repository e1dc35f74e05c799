package io.creditrollover.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The zip, unpacked under {@code target}, and its launcher. The archive of classes is made before the first measurement. */
final class Distribution {
    private Distribution() {}

    /** Runs one command, with a heap of 128 MB. */
    static MeasuredProcess.Ended command(String url, String... arguments) throws IOException, InterruptedException {
        Path directory = unpacked();
        if (!Files.exists(directory.resolve("cache"))) {
            run(url, directory, "status", "--json");
        }
        return run(url, directory, arguments);
    }

    private static MeasuredProcess.Ended run(String url, Path directory, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher(directory).toString()));
        command.addAll(Arrays.asList(arguments));
        Map<String, String> environment = Map.of(
                "JAVA_OPTS",
                ThisJob.HEAP,
                "JAVA_HOME",
                System.getProperty("java.home"),
                "CREDIT_ROLLOVER_CACHE",
                directory.resolve("cache").toString());
        return MeasuredProcess.command(url, environment, command);
    }

    private static Path launcher(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(home -> home.resolve("bin/credit-rollover"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A later build is unpacked into another directory. */
    private static Path unpacked() throws IOException, InterruptedException {
        Path zip = zip();
        Path directory = Path.of(
                        "target",
                        "benchmark-distribution-"
                                + Files.getLastModifiedTime(zip).toMillis())
                .toAbsolutePath();
        if (!Files.exists(directory)) {
            int status = new ProcessBuilder("unzip", "-q", zip.toString(), "-d", directory.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("cannot unpack " + zip);
            }
        }
        return directory;
    }

    private static Path zip() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("credit-rollover-.*\\.zip"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no zip; run ./mvnw -DskipTests package first"));
        }
    }
}
