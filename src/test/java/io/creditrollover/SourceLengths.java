package io.creditrollover;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The rules of the house that only the sources show: how long a file and a method are. */
final class SourceLengths {

    static final int MAX_FILE_LINES = 300;
    static final int MAX_METHOD_LINES = 40;

    private final Path root;

    SourceLengths(Path root) {
        this.root = root;
    }

    /** One sentence for each file that is too long. */
    List<String> longFiles() {
        return sources().stream()
                .filter(file -> lines(file) > MAX_FILE_LINES)
                .map(file -> "%s has %d lines".formatted(root.relativize(file), lines(file)))
                .toList();
    }

    /** One sentence for each method or constructor whose body, braces included, is too long. */
    List<String> longMethods() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            LongMethods scanner = new LongMethods(Trees.instance(task).getSourcePositions());
            task.parse().forEach(unit -> scanner.scan(unit, unit));
            return scanner.found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> sources() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class LongMethods extends TreeScanner<Void, CompilationUnitTree> {

        private final SourcePositions positions;
        private final List<String> found = new ArrayList<>();

        LongMethods(SourcePositions positions) {
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            if (method.getBody() != null) {
                long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method.getBody()));
                if (last - first + 1 > MAX_METHOD_LINES) {
                    found.add("%s of %s has %d lines"
                            .formatted(
                                    method.getName(),
                                    Path.of(unit.getSourceFile().toUri()).getFileName(),
                                    last - first + 1));
                }
            }
            return super.visitMethod(method, unit);
        }
    }
}
