package io.creditrollover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row of the mutants' table that no longer fits proves nothing. This notices it in seconds, before the table is run. */
class MutantsApplyTest {
    @TempDir
    private Path classes;

    @Test
    void eachMutantChangesItsFile() throws IOException {
        List<Mutant> all = Mutant.all();
        assertThat(all).isNotEmpty().extracting(Mutant::name).doesNotHaveDuplicates();
        assertThat(all.stream().filter(mutant -> mutant.text().equals(mutant.original())))
                .extracting(Mutant::name)
                .as("rows that do not apply")
                .isEmpty();
    }

    @Test
    void eachMutantCompiles() throws IOException {
        List<String> errors = new ArrayList<>();
        for (Map<String, Mutant> wave : waves(Mutant.all())) {
            errors.addAll(compile(wave));
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void eachTestExists() throws IOException {
        assertThat(Mutant.all().stream().filter(mutant -> !TestSources.haveAll(mutant.test())))
                .extracting(Mutant::name)
                .as("rows whose test does not exist")
                .isEmpty();
    }

    /** A compilation takes at most one mutant of each file; so there are few compilations. */
    private static List<Map<String, Mutant>> waves(List<Mutant> mutants) {
        List<Map<String, Mutant>> waves = new ArrayList<>();
        for (Mutant mutant : mutants) {
            if (mutant.file().endsWith(".java")) {
                waves.stream()
                        .filter(wave -> !wave.containsKey(mutant.file()))
                        .findFirst()
                        .orElseGet(() -> {
                            waves.add(new HashMap<>());
                            return waves.get(waves.size() - 1);
                        })
                        .put(mutant.file(), mutant);
            }
        }
        return waves;
    }

    private List<String> compile(Map<String, Mutant> wave) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        compiler.getTask(
                        null,
                        null,
                        found,
                        List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp", classPath),
                        null,
                        wave.values().stream().map(Source::new).toList())
                .call();
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> name(each.getSource()) + ": " + each.getMessage(null))
                .toList();
    }

    private static String name(JavaFileObject source) {
        return source instanceof Source mutated ? mutated.mutant.name() : String.valueOf(source);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Mutant mutant;

        Source(Mutant mutant) {
            super(URI.create("string:///" + mutant.file().replace("src/main/java/", "")), JavaFileObject.Kind.SOURCE);
            this.mutant = mutant;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return mutant.text();
        }
    }
}
