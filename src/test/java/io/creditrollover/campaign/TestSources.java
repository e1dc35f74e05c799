package io.creditrollover.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says whether the tests exist that a script names: {@code ATest#method*,*BTest}. */
final class TestSources {
    private TestSources() {}

    static boolean haveAll(String selection) {
        return Arrays.stream(selection.split(",")).allMatch(TestSources::have);
    }

    private static boolean have(String selected) {
        String[] parts = selected.split("#");
        Pattern file = Pattern.compile(pattern(parts[0]) + "\\.java");
        Pattern method = Pattern.compile("void " + (parts.length == 1 ? "\\w+" : pattern(parts[1])) + "\\(");
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(
                            each -> file.matcher(each.getFileName().toString()).matches())
                    .anyMatch(each -> method.matcher(text(each)).find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test may be inherited, as that of NotifyKillsTest. */
    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            var parent = Pattern.compile(" extends (\\w+Test) ").matcher(text);
            return parent.find() ? text + " void inherited(" : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pattern(String glob) {
        return glob.replace("*", "\\w*");
    }
}
