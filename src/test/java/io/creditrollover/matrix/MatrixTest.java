package io.creditrollover.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.lease.StopSignal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row of {@code docs/matrix.md} comes true: what is broken is named, with its exit, and nothing is written. Each build runs
 * one row of each section, command, exit and cause; the tag {@code chaos} runs all.
 */
class MatrixTest {
    private static final String SENTENCE = "credit-rollover: ";
    /** A full stop, or the end of what the database said, of a question, or of a statement to be run. */
    private static final Pattern ENDS = Pattern.compile(".*[.);?]");

    private static final Map<String, DamageKind> KINDS = Stream.of(
                    new Grants(),
                    new HiddenRows(),
                    new OtherRoles(),
                    new HostsTables(),
                    new WrongValues(),
                    Misspellings.AS_PROPERTIES,
                    Misspellings.AS_VARIABLES,
                    new LeftOut(),
                    new Services(),
                    new Damage())
            .collect(Collectors.toMap(DamageKind::section, Function.identity()));

    static List<Row> rows() {
        return Row.all();
    }

    static Collection<Row> oneOfEachCause() {
        Map<List<Object>, Row> first = new LinkedHashMap<>();
        rows().forEach(row -> first.putIfAbsent(
                List.of(
                        row.section(),
                        row.command().split(" ")[0],
                        row.exit(),
                        row.writes(),
                        kind(row).cause(row)),
                row));
        return first.values();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneOfEachCause")
    void isNamedWithWhatToDoAboutIt(Row row) {
        comesTrue(row);
    }

    @Tag("chaos")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void eachRowIsNamedWithWhatToDoAboutIt(Row row) {
        comesTrue(row);
    }

    private static void comesTrue(Row row) {
        BrokenSetup scene = kind(row).scene(row);
        WriteSnapshot before = WriteSnapshot.in(scene.database());
        Cli.Result result;
        try {
            scene.breaking().run();
            result = scene.cli().run(signal(row), row.args());
        } finally {
            scene.mending().run();
        }
        assertSaid(row, result);
        assertWritten(row, scene.database(), before);
    }

    private static DamageKind kind(Row row) {
        return Objects.requireNonNull(KINDS.get(row.section()), "nothing runs this section");
    }

    /** One that should not have started ends at once where it has. */
    private static StopSignal signal(Row row) {
        StopSignal signal = new StopSignal();
        if (row.isServe()) {
            signal.request();
        }
        return signal;
    }

    private static void assertSaid(Row row, Cli.Result result) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(row.exit());
        row.says().forEach(words -> assertThat(result.err()).contains(words));
        assertThat(result.out() + result.err())
                .doesNotContain("\tat ", "Exception", MatrixDatabases.PASSWORD)
                .doesNotContainPattern("\\+?91\\d{8,}");
        List<String> sentences = sentences(result);
        if (row.exit() == 0) {
            assertThat(sentences).isEmpty();
        } else {
            assertThat(sentences).hasSize(1);
            assertThat(sentences.get(0)).contains(row.says()).matches(ENDS);
        }
        if (!row.isServe()) {
            assertThat(result.json().path("exitCode").asInt()).isEqualTo(row.exit());
            assertThat(result.json().path("error").asString("")).isEqualTo(String.join("", sentences));
        }
    }

    private static List<String> sentences(Cli.Result result) {
        return result.err()
                .lines()
                .filter(line -> line.startsWith(SENTENCE))
                .map(line -> line.substring(SENTENCE.length()))
                .toList();
    }

    private static void assertWritten(Row row, TestDatabase database, WriteSnapshot before) {
        WriteSnapshot after = WriteSnapshot.in(database);
        if (row.writesNothing()) {
            assertThat(after).isEqualTo(before);
            return;
        }
        long begun = after.of("credit_rollover_runs") - before.of("credit_rollover_runs");
        long events = after.of("credit_rollover_events") - before.of("credit_rollover_events");
        long mails = after.of("credit_rollover_outbox") - before.of("credit_rollover_outbox");
        boolean month = row.writes().contains("the month");
        assertThat(row.writes()).containsAnyOf("the month", "a failed run", "a mail that waits");
        assertThat(events).isEqualTo(month ? 3 : 0);
        assertThat(begun).isEqualTo(month || row.writes().contains("a failed run") ? 1 : 0);
        assertThat(mails).isEqualTo(row.writes().contains("a mail that waits") ? 1 : 0);
        if (!month) {
            assertThat(after.host()).isEqualTo(before.host());
        }
    }

    @Test
    void everythingThatCanBeWrongHasARow() {
        Map<String, List<Row>> rows = rows().stream().collect(Collectors.groupingBy(Row::section));
        KINDS.forEach((section, kind) -> assertThat(kind.without(rows.getOrDefault(section, List.of())))
                .as(section)
                .isEmpty());
    }

    @Test
    void noRowIsThereTwice() {
        assertThat(rows()).doesNotHaveDuplicates();
    }
}
