package io.creditrollover.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The zip of the build, unpacked, with a cache directory of its own. */
final class Installation {
    private static final long TIMEOUT_SECONDS = 180;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path directory;
    private final Path home;

    private Installation(Path directory, Path home) {
        this.directory = directory;
        this.home = home;
    }

    /** The zip, if it was built. */
    static Optional<Path> zip() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("credit-rollover-.*\\.zip"))
                    .findFirst();
        }
    }

    static Installation unpack(Path zip, Path directory) throws Exception {
        Process unzip = new ProcessBuilder("unzip", "-q", zip.toAbsolutePath().toString())
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(unzip.waitFor()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            return new Installation(directory, files.findFirst().orElseThrow());
        }
    }

    /** How a process ended. */
    record Ended(int exitCode, String out, String err) {
        /** Returns the one JSON object on standard output; fails where there is more or none. */
        JsonNode json() {
            JsonNode object = JSON.readTree(out);
            assertThat(object.isObject()).as(out + err).isTrue();
            assertThat(object.path("exitCode").asInt(-1)).as(out).isEqualTo(exitCode);
            return object;
        }
    }

    Path launcher() {
        return home.resolve("bin").resolve("credit-rollover");
    }

    Path home() {
        return home;
    }

    Path cache() {
        return directory.resolve("cache");
    }

    /** Archives, and whatever else was left there. */
    List<String> cached() throws IOException {
        if (!Files.exists(cache())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The variables of a user with this database; they can be changed. */
    Map<String, String> environment(TestDatabase database) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"),
                "CREDIT_ROLLOVER_CACHE", cache().toString(),
                "SPRING_DATASOURCE_URL", database.url(),
                "SPRING_DATASOURCE_USERNAME", TestDatabase.USERNAME));
        environment.put("JAVA_OPTS", "-Xmx192m");
        return environment;
    }

    Process start(Map<String, String> environment, Path command, Path out, Path err, String... arguments)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(command.toString()));
        all.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(Path.of("/").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs a command to its end, from another directory. */
    Ended run(Map<String, String> environment, Path command, String... arguments) throws Exception {
        Path out = Files.createTempFile(directory, "launcher", ".out");
        Path err = Files.createTempFile(directory, "launcher", ".err");
        Process process = start(environment, command, out, err, arguments);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end within " + TIMEOUT_SECONDS + " s: " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
