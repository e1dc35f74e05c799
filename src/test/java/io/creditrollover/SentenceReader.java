package io.creditrollover;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Reads the sentences that users see: strings of Java sources, templates and alerts. Comments of Java are left out. */
final class SentenceReader {
    private static final Pattern SQL = Pattern.compile(
            "^\\s*(select|insert|update|delete|with|create|alter|drop|set|from|where|and|explain|union|not exists)\\b");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern NAMES = Pattern.compile("(?:href|src)=\"[^\"]*\"|\\$\\{\\w+[.}]\\w*");

    private SentenceReader() {}

    record Sentence(Path file, long line, String text) {}

    /** Returns each string with a space; strings joined by + are one. Of SQL, only its quoted text. */
    static List<Sentence> ofJava(Path root) throws IOException {
        List<Sentence> found = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, null, null, files.getJavaFileObjectsFromPaths(files(root, ".java")));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Strings(unit, positions, found).scan(unit, null);
            }
        }
        return found;
    }

    /** Returns each line, without the names of linked files and of the model. */
    static List<Sentence> ofText(Path root, String... endings) throws IOException {
        List<Sentence> found = new ArrayList<>();
        for (Path file : files(root, endings)) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                found.add(new Sentence(file, i + 1L, NAMES.matcher(lines.get(i)).replaceAll("")));
            }
        }
        return found;
    }

    private static List<Path> files(Path root, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    private static final class Strings extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Sentence> found;

        Strings(CompilationUnitTree unit, SourcePositions positions, List<Sentence> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitBinary(BinaryTree sum, Void none) {
            if (sum.getKind() != Tree.Kind.PLUS) {
                return super.visitBinary(sum, null);
            }
            add(sum, text(sum));
            return null;
        }

        /** Values between the strings appear as an ellipsis; their own strings are read separately. */
        private String text(Tree part) {
            if (part instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                return text(sum.getLeftOperand()) + text(sum.getRightOperand());
            }
            if (part instanceof LiteralTree literal && literal.getValue() instanceof String string) {
                return string;
            }
            scan(part, null);
            return "…";
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void none) {
            if (literal.getValue() instanceof String string) {
                add(literal, string);
            }
            return null;
        }

        private void add(Tree tree, String text) {
            String shown = SQL.matcher(text).find()
                    ? QUOTED.matcher(text)
                            .results()
                            .map(quoted -> quoted.group(1))
                            .filter(quoted -> quoted.contains(" "))
                            .collect(Collectors.joining(" … "))
                    : text;
            if (shown.strip().contains(" ")) {
                long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
                found.add(new Sentence(Path.of(unit.getSourceFile().getName()), line, shown));
            }
        }
    }
}
