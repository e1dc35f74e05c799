package io.creditrollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names keep to docs/glossary.md: one word for each idea. */
class GlossaryRulesTest {
    /** Words that the glossary replaces, as parts of a type's name. */
    private static final Set<String> REPLACED = Set.of(
            "Tally",
            "Tallies",
            "Outlook",
            "Prospect",
            "Foreseen",
            "Taken",
            "Postman",
            "Letter",
            "Shift",
            "Retrying",
            "Unmade",
            "Untold",
            "Who",
            "Begun",
            "Shown",
            "Dashboard",
            "Crew",
            "Twin",
            "Grounds");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");
    private static final Pattern CONSTANT = Pattern.compile("\\b(?:MOST|LEAST)_[A-Z_]+\\b");
    /** Not in quotes: JSON keys keep their names. */
    private static final Pattern NAME = Pattern.compile(
            "\\b(?<!\")(?:setAside|moneyUnderWay|goOn|mayGoOn|outlook|prospects|tally|patience|milestones|foreseen)\\b");

    private static final Pattern WORD = Pattern.compile("[A-Z][a-z]+");

    @Test
    void noTypeIsNamedByAWordThatTheGlossaryReplaces() throws IOException {
        assertThat(found(Path.of("src"), TYPE, GlossaryRulesTest::isReplaced)).isEmpty();
    }

    @Test
    void aBoundIsAMaximumOrAMinimum() throws IOException {
        assertThat(found(Path.of("src"), CONSTANT, constant -> true)).isEmpty();
    }

    @Test
    void noVariableOrMethodIsNamedByAWordThatTheGlossaryReplaces() throws IOException {
        assertThat(found(Path.of("src/main/java"), NAME, name -> true)).isEmpty();
    }

    @Test
    void theRulesFindWhatTheyLookFor() {
        assertThat(isReplaced("RunTally")).isTrue();
        assertThat(isReplaced("Whole")).isFalse();
        assertThat(NAME.matcher("int tally = 0;").find()).isTrue();
        assertThat(CONSTANT.matcher("int MOST_" + "ROWS = 1;").find()).isTrue();
    }

    private static boolean isReplaced(String type) {
        return WORD.matcher(type).results().anyMatch(word -> REPLACED.contains(word.group()));
    }

    private static List<String> found(Path directory, Pattern pattern, java.util.function.Predicate<String> wrong)
            throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    String name = matcher.group(matcher.groupCount());
                    if (wrong.test(name)) {
                        found.add(file.getFileName() + ": " + name);
                    }
                }
            }
        }
        return found;
    }
}
