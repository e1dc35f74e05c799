package io.creditrollover;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loaded classes of the product in a file, which saves two fifths of the processor time of a start. Made once in a build,
 * by the first {@link ProductProcess} of all its JVMs, in the directory {@code -Dproduct.archive}; without that there is
 * none.
 */
final class StartArchive {
    private static final @Nullable String DIRECTORY = System.getProperty("product.archive");

    private StartArchive() {}

    /** Options and class path of a JVM that starts the product. */
    static List<String> options() {
        return DIRECTORY == null ? List.of("-cp", System.getProperty("java.class.path")) : Made.OPTIONS;
    }

    private static final class Made {
        static final List<String> OPTIONS = options(Path.of(Objects.requireNonNull(DIRECTORY)));

        private static List<String> options(Path directory) {
            try {
                Path classes = Path.of(CreditRolloverApplication.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                Path jar = directory.resolve("product-" + Integer.toHexString(state(classes)) + ".jar");
                Path archive = Path.of(jar + ".jsa");
                Files.createDirectories(directory);
                try (FileChannel lock = FileChannel.open(
                                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock one = lock.lock()) {
                    if (one.isValid() && !Files.exists(archive)) {
                        removeOlder(directory);
                        make(classes, jar, archive);
                    }
                }
                // A JVM that cannot use the archive says so on standard output, where the result is expected.
                return List.of(
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr",
                        "-cp",
                        classPath(jar));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** Changes with the classes, and with what else is on the class path. */
        private static int state(Path classes) throws IOException {
            return Objects.hash(
                    System.getProperty("java.class.path"), System.getProperty("java.home"), List.of(times(classes)));
        }

        private static String times(Path classes) throws IOException {
            try (Stream<Path> files = Files.walk(classes)) {
                return files.sorted()
                        .map(file -> file + " " + file.toFile().lastModified())
                        .collect(Collectors.joining("\n"));
            }
        }

        /** An archive takes classes of jars only, and test classes are no part of the product. */
        private static String classPath(Path jar) {
            String libraries = Arrays.stream(
                            System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.endsWith(".jar"))
                    .collect(Collectors.joining(File.pathSeparator));
            return jar + File.pathSeparator + libraries;
        }

        /** Those of earlier builds. */
        private static void removeOlder(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    if (file.getFileName().toString().startsWith("product-")) {
                        Files.delete(file);
                    }
                }
            }
        }

        private static void make(Path classes, Path jar, Path archive) throws IOException {
            try (Stream<Path> files = Files.walk(classes);
                    JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Path file : files.sorted().toList()) {
                    pack(classes, file, packed);
                }
            }
            Path unfinished = Path.of(archive + ".part");
            train(List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-cp", classPath(jar)));
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        }

        /** With its directories, which Spring searches for components and resources. */
        private static void pack(Path classes, Path file, JarOutputStream packed) throws IOException {
            String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
            if (name.isEmpty()) {
                return;
            }
            boolean directory = Files.isDirectory(file);
            packed.putNextEntry(new JarEntry(directory ? name + "/" : name));
            if (!directory) {
                Files.copy(file, packed);
            }
            packed.closeEntry();
        }

        private static void train(List<String> options) {
            TestDatabase database = TestDatabase.migrated();
            HostFixture.in(database).aPayingUser();
            try (ProductProcess run = ProductProcess.start(options, database, Map.of(), "run", "--approve=training")) {
                if (run.await() != 0) {
                    throw new IllegalStateException("No archive: " + run.err());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
