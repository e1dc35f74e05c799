package io.creditrollover.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's launcher with the defaults and a heap of 128 MB: from preflight to reconciliation. */
final class ThisJob implements Contender {
    static final Path JAR = Path.of("target", "credit-rollover.jar");
    static final String HEAP = "-Xmx128m";

    @Override
    public String name() {
        return "this job";
    }

    @Override
    public Took run(Server server, String database) throws Exception {
        MeasuredProcess.Ended ended = Distribution.command(
                server.url(database), "run", "--date", HostData.DATE.toString(), "--approve", "benchmark", "--json");
        JsonNode answer = JsonMapper.shared().readTree(ended.out());
        if (answer.path("exitCode").asInt() != 0) {
            throw new IllegalStateException("the run failed: " + ended.out());
        }
        return new Took(seconds(answer), ended.seconds(), ended.processorSeconds(), ended.residentMegabytes());
    }

    /** Returns how long a run took by its own answer. */
    static double seconds(JsonNode answer) {
        Duration job = Duration.between(
                Instant.parse(answer.path("startedAt").asString()),
                Instant.parse(answer.path("finishedAt").asString()));
        return job.toNanos() / 1e9;
    }

    /** Runs one command of the packaged program. */
    static MeasuredProcess.Ended command(String url, List<String> jvmOptions, String... arguments) throws Exception {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is not there; run ./mvnw -DskipTests package first");
        }
        List<String> command = new ArrayList<>(List.of(HEAP));
        command.addAll(jvmOptions);
        if (!jvmOptions.contains("-jar")) {
            command.addAll(List.of("-jar", JAR.toString()));
        }
        command.addAll(Arrays.asList(arguments));
        return MeasuredProcess.java(url, command);
    }
}
