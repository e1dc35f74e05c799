package io.creditrollover.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.distribution.Installation.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the zip's launcher does, on a real database. The first test makes the archive which the others use. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DistributionIT {
    @TempDir
    private static Path directory;

    private static Installation installation;
    private static TestDatabase database;

    private Map<String, String> environment = Map.of();

    @BeforeAll
    static void unpack() throws Exception {
        Optional<Path> zip = Installation.zip();
        if (zip.isEmpty() && !"true".equals(System.getenv("CI"))) {
            abort("Needs the distribution: ./mvnw package builds it.");
        }
        assertThat(zip).as("target/credit-rollover-VERSION.zip").isPresent();
        installation = Installation.unpack(zip.get(), Files.createDirectory(directory.resolve("unpacked")));
        database = TestDatabase.migrated();
        HostFixture.in(database).aPayingUser();
    }

    @BeforeEach
    void asAUser() {
        environment = installation.environment(database);
    }

    @Test
    @Order(1)
    void theFirstStartsMakeOneArchiveAndLaterOnesUseIt() throws Exception {
        Path out = Files.createTempFile(directory, "other", ".out");
        Path err = Files.createTempFile(directory, "other", ".err");
        Process other = installation.start(environment, installation.launcher(), out, err, "status", "--json");
        Ended first = installation.run(environment, installation.launcher(), "status", "--json");

        assertThat(other.waitFor()).as(Files.readString(err)).isZero();
        assertThat(first.json().path("runs").size()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(installation.cached())
                .singleElement()
                .asString()
                .contains("java-" + Runtime.version().feature())
                .matches(".*\\.(jsa|aot)");

        environment.put("JAVA_OPTS", "-Xmx192m -Xlog:class+load:stderr");
        Ended next = installation.run(environment, installation.launcher(), "status", "--json");
        assertThat(next.json().path("runs").size()).isZero();
        assertThat(next.err()).containsPattern("RolloverService source: shared objects file");
    }

    @Test
    @Order(2)
    void theFirstStepsOfTheReadmeWork() throws Exception {
        Ended doctor = installation.run(environment, installation.launcher(), "doctor");
        assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();

        Ended dryRun = installation.run(environment, installation.launcher(), "run", "--dry-run", "--json");
        assertThat(dryRun.json().path("status").asString()).isEqualTo("COMPLETED");
    }

    @Test
    @Order(3)
    void aLinkWorksAndArgumentsKeepBlanksAndQuotes() throws Exception {
        Files.createSymbolicLink(directory.resolve("a link"), installation.launcher());
        Path another = Files.createSymbolicLink(directory.resolve("another"), Path.of("a link"));

        Ended ended = installation.run(environment, another, "run", "--date", "a \"b\"  $c * \\d", "--json");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(64);
        assertThat(ended.json().path("error").asString()).contains("a \"b\"  $c * \\d");
    }

    @Test
    @Order(3)
    void aStopWhileTheArchiveIsMadeIs75AndLeavesNothing() throws Exception {
        Path cache = directory.resolve("stopped");
        environment.put("CREDIT_ROLLOVER_CACHE", cache.toString());
        Path out = Files.createTempFile(directory, "stopped", ".out");
        Path err = Files.createTempFile(directory, "stopped", ".err");
        Process stopped = installation.start(environment, installation.launcher(), out, err, "status", "--json");
        while (stopped.isAlive() && stopped.children().noneMatch(DistributionIT::isJava)) {
            Thread.sleep(20);
        }
        stopped.destroy();

        assertThat(stopped.waitFor()).as(Files.readString(err)).isEqualTo(75);
        assertThat(new Ended(75, Files.readString(out), "").json().path("error").asString())
                .startsWith("Stopped");
        assertThat(cache).isEmptyDirectory();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("java");
    }

    @Test
    @Order(3)
    void withoutAWritableCacheItStartsAllTheSame() throws Exception {
        // A file, since the tests may run as root, who may write to any directory.
        environment.put("CREDIT_ROLLOVER_CACHE", Files.createFile(directory.resolve("file")) + "/cache");

        Ended ended = installation.run(environment, installation.launcher(), "status", "--json");

        assertThat(ended.json().path("runs").isArray()).isTrue();
        assertThat(ended.err()).isEmpty();
    }

    @Test
    @Order(3)
    void aDamagedArchiveAndAnotherCollectorDoNotMatter() throws Exception {
        Path cache = installation.cache();
        Path archive = cache.resolve(installation.cached().get(0));
        Path damaged = Files.createDirectory(directory.resolve("damaged"));
        Files.write(damaged.resolve(archive.getFileName()), new byte[5_000]);
        environment.put("CREDIT_ROLLOVER_CACHE", damaged.toString());
        environment.put("JAVA_OPTS", "-Xmx192m -XX:+UseParallelGC");

        Ended ended = installation.run(environment, installation.launcher(), "status", "--json");

        assertThat(ended.json().path("runs").isArray()).isTrue();
        assertThat(ended.err()).isEmpty();
    }

    @Test
    @Order(4)
    void settingsComeFromConfAndAnUnknownOneStopsTheStart() throws Exception {
        Path conf = installation.home().resolve("conf/application.yml");
        String before = Files.readString(conf);
        try {
            Files.writeString(conf, before + "\nrollover:\n  dry-rum: true\n");
            Ended ended = installation.run(environment, installation.launcher(), "status", "--json");
            assertThat(ended.exitCode()).isEqualTo(78);
            assertThat(ended.json().path("error").asString()).contains("rollover.dry-rum");
        } finally {
            Files.writeString(conf, before);
        }
    }

    @Test
    @Order(4)
    void anOldJavaOrNoneIsOneSentenceAndExit78() throws Exception {
        Path java = Files.createDirectories(directory.resolve("old/bin")).resolve("java");
        Files.writeString(
                java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n", StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        for (String home : List.of(
                directory.resolve("old").toString(), directory.resolve("none").toString())) {
            Map<String, String> wrong = new HashMap<>(environment);
            wrong.put("JAVA_HOME", home);
            Ended ended = installation.run(wrong, installation.launcher(), "status", "--json");
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(78);
            assertThat(ended.json().path("error").asString()).contains(home).contains("17 or later");
            assertThat(ended.err().lines()).hasSize(1);
        }
    }
}
