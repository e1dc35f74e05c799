package io.creditrollover;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.SentenceReader.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users read keeps to docs/glossary.md: its last table says which word replaces which. */
class SentencesTest {
    private static final Path GLOSSARY = Path.of("docs/glossary.md");
    private static final String HEADER = "| not in a sentence | say |";

    @Test
    void noStringOfTheProgramUsesAForbiddenWord() throws IOException {
        List<Sentence> sentences = SentenceReader.ofJava(Path.of("src/main/java"));
        assertThat(sentences).hasSizeGreaterThan(500);
        assertThat(wrong(sentences)).isEmpty();
    }

    @Test
    void noPageMailSettingOrAlertUsesAForbiddenWord() throws IOException {
        List<Sentence> sentences = new ArrayList<>(
                SentenceReader.ofText(Path.of("src/main/resources"), ".html", ".yaml", ".yml", "dashboard.js"));
        sentences.addAll(SentenceReader.ofText(Path.of("k8s/monitoring"), "rules.yml", "rule.yaml"));
        assertThat(sentences).hasSizeGreaterThan(500);
        assertThat(wrong(sentences)).isEmpty();
    }

    @Test
    void theRuleNamesFileLineAndTheWordToUse(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("A.java"), """
                class A { // a comment may say "set aside"
                    String a(int n) { return n + " users were set"
                            + " aside."; }
                    String sql = "select 'given back' from goes_on -- at work";
                    String key = "mend";
                }
                """);
        Files.writeString(
                directory.resolve("page.html"), "<link href=\"/dashboard.css\">\n<p>A run is at  work.</p>\n");

        assertThat(wrong(SentenceReader.ofJava(directory)))
                .containsExactly(
                        "A.java:2: \"set aside\", say: skip, skipped",
                        "A.java:4: \"given back\", say: reverse, reinstate, return");
        assertThat(wrong(SentenceReader.ofText(directory, ".html")))
                .containsExactly("page.html:2: \"at work\", say: running");
    }

    private static List<String> wrong(List<Sentence> sentences) throws IOException {
        List<String> wrong = new ArrayList<>();
        Map<String, String> words = forbidden();
        words.forEach((word, right) -> {
            Pattern pattern = Pattern.compile(
                    "(?i)(?<![\\w-])" + word.replace(" ", "\\s+") + "(?![\\w-])", Pattern.UNICODE_CHARACTER_CLASS);
            sentences.stream()
                    .filter(sentence -> pattern.matcher(sentence.text()).find())
                    .map(sentence ->
                            sentence.file().getFileName() + ":" + sentence.line() + ": \"" + word + "\", say: " + right)
                    .forEach(wrong::add);
        });
        return wrong;
    }

    private static Map<String, String> forbidden() throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(GLOSSARY);
        lines.stream()
                .skip(lines.indexOf(HEADER) + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|"))
                .forEach(cells -> {
                    for (String word : cells[1].split(",")) {
                        words.put(word.strip(), cells[2].strip());
                    }
                });
        assertThat(words).containsKeys("set aside", "given back", "at work");
        return words;
    }
}
