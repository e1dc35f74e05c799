package io.creditrollover;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that cannot fail is worse than none: each is broken in {@code planted} and must say by whom. */
class HouseRulesCanFailTest {

    private static final String ROOT = "io.creditrollover.planted";
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(ROOT);

    private final HouseRules rules = new HouseRules(ROOT);

    @Test
    void anArrowThatPointsUpIsReported() {
        assertReported(rules.arrowsPointDown(), "config.KnowsTheLease", "run.KnowsTheReport", "admin.KnowsTheCli");
        assertNotReported(rules.arrowsPointDown(), "PlantedApplication");
    }

    @Test
    void aPackageWithoutAPlaceIsReported() {
        assertReported(rules.everyPackageHasItsPlace(), "util.Anything");
        assertNotReported(rules.everyPackageHasItsPlace(), "decision.IsPure");
    }

    @Test
    void aDecisionThatIsNotPureIsReported() {
        assertReported(rules.decisionIsPure(), "decision.ReadsAFile", "decision.KnowsTheExitCodes");
        assertNotReported(rules.decisionIsPure(), "decision.IsPure");
    }

    @Test
    void aCycleIsReported() {
        assertReported(rules.packagesHaveNoCycles(), "config.KnowsTheLease", "lease.PlantedLease");
    }

    @Test
    void aPackageNamedUtilIsReported() {
        assertReported(rules.packagesAreNamedForWhatTheyDo(), "util.Anything");
    }

    @Test
    void aPackageThatIsNotNullMarkedIsReported() {
        assertReported(rules.everyPackageIsNullMarked(), "util.Anything");
        assertNotReported(rules.everyPackageIsNullMarked(), "habits.LetsAnyoneWrite");
    }

    @Test
    void theSystemClockIsReported() {
        assertReported(
                rules.timeComesFromAnInjectedClock(),
                "LocalDateTime.now()",
                "LocalDate.now(java.time.ZoneId)",
                "Instant.now()",
                "Clock.systemUTC()",
                "System.currentTimeMillis()");
        assertNotReported(rules.timeComesFromAnInjectedClock(), "Instant.now(java.time.Clock)");
    }

    @Test
    void aTextInTheLocaleOfTheJvmIsReported() {
        assertReported(rules.textsAreTheSameInEveryLocale(), "FormatsInTheLocaleOfTheJvm.reported");
        assertNotReported(rules.textsAreTheSameInEveryLocale(), "FormatsInTheLocaleOfTheJvm.allowed");
    }

    @Test
    void aCopyIntoATableIsReported() {
        assertReported(rules.nothingIsCopiedIntoATable(), "CopiesIntoATable.reported");
        assertNotReported(rules.nothingIsCopiedIntoATable(), "CopiesIntoATable.allowed");
    }

    @Test
    void oldDatesAreReported() {
        assertReported(rules.datesAreFromJavaTime(), "java.util.Date", "java.util.Calendar");
        assertNotReported(rules.datesAreFromJavaTime(), "java.sql.Timestamp");
    }

    @Test
    void injectionPastTheConstructorIsReported() {
        assertReported(rules.nothingIsInjectedPastTheConstructor(), "byField", "byValue", "setBySetter");
    }

    @Test
    void aSixthCollaboratorIsReported() {
        assertReported(rules.beansHaveAtMostEightCollaborators(), "HasNineCollaborators");
        assertNotReported(rules.beansHaveAtMostEightCollaborators(), "HasEightCollaborators");
    }

    @Test
    void aPublicFieldThatAnyoneMayWriteIsReported() {
        assertReported(rules.publicFieldsAreFinal(), "LetsAnyoneWrite.credits");
        assertNotReported(rules.publicFieldsAreFinal(), "LetsAnyoneWrite.LIMIT");
    }

    @Test
    void aFileOfOneLineTooManyIsReported(@TempDir Path sources) throws IOException {
        write(sources, "Fits", SourceLengths.MAX_FILE_LINES - 2);
        write(sources, "TooLong", SourceLengths.MAX_FILE_LINES - 1);

        assertThat(new SourceLengths(sources).longFiles()).containsExactly("TooLong.java has 301 lines");
    }

    @Test
    void aMethodOfOneLineTooManyIsReported(@TempDir Path sources) throws IOException {
        write(sources, "Fits", SourceLengths.MAX_METHOD_LINES - 2);
        write(sources, "TooLong", SourceLengths.MAX_METHOD_LINES - 1);

        assertThat(new SourceLengths(sources).longMethods()).containsExactly("say of TooLong.java has 41 lines");
    }

    /** A class whose first and last line stand around one method with so many lines inside its braces. */
    private static void write(Path directory, String name, int linesInside) throws IOException {
        String inside = "int credits;\n".repeat(linesInside);
        Files.writeString(directory.resolve(name + ".java"), "class " + name + " { void say() {\n" + inside + "}}\n");
    }

    private static void assertReported(ArchRule rule, String... violations) {
        assertThat(String.join("\n", details(rule))).as(rule.getDescription()).contains(violations);
    }

    private static void assertNotReported(ArchRule rule, String innocent) {
        assertThat(String.join("\n", details(rule))).as(rule.getDescription()).doesNotContain(innocent);
    }

    private static List<String> details(ArchRule rule) {
        return rule.evaluate(PLANTED).getFailureReport().getDetails();
    }
}
