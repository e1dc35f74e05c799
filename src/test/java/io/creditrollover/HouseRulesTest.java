package io.creditrollover;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The product keeps the rules of the house. That each rule can fail is shown by {@link HouseRulesCanFailTest}. */
class HouseRulesTest {

    private static final String ROOT = "io.creditrollover";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private final HouseRules rules = new HouseRules(ROOT);
    private final SourceLengths lengths = new SourceLengths(Path.of("src/main/java"));

    @Test
    void arrowsPointDown() {
        assertKept(rules.arrowsPointDown());
    }

    @Test
    void everyPackageHasItsPlace() {
        assertKept(rules.everyPackageHasItsPlace());
    }

    @Test
    void decisionIsPure() {
        assertKept(rules.decisionIsPure());
    }

    @Test
    void packagesHaveNoCycles() {
        assertKept(rules.packagesHaveNoCycles());
    }

    @Test
    void packagesAreNamedForWhatTheyDo() {
        assertKept(rules.packagesAreNamedForWhatTheyDo());
    }

    @Test
    void everyPackageIsNullMarked() {
        assertKept(rules.everyPackageIsNullMarked());
    }

    @Test
    void timeComesFromAnInjectedClock() {
        assertKept(rules.timeComesFromAnInjectedClock());
    }

    @Test
    void textsAreTheSameInEveryLocale() {
        assertKept(rules.textsAreTheSameInEveryLocale());
    }

    @Test
    void datesAreFromJavaTime() {
        assertKept(rules.datesAreFromJavaTime());
    }

    @Test
    void nothingIsCopiedIntoATable() {
        assertKept(rules.nothingIsCopiedIntoATable());
    }

    @Test
    void nothingIsInjectedPastTheConstructor() {
        assertKept(rules.nothingIsInjectedPastTheConstructor());
    }

    @Test
    void beansHaveAtMostEightCollaborators() {
        assertKept(rules.beansHaveAtMostEightCollaborators());
    }

    @Test
    void publicFieldsAreFinal() {
        assertKept(rules.publicFieldsAreFinal());
    }

    @Test
    void filesAreShort() {
        assertThat(lengths.longFiles()).isEmpty();
    }

    @Test
    void methodsAreShort() {
        assertThat(lengths.longMethods()).isEmpty();
    }

    private static void assertKept(ArchRule rule) {
        assertThat(PRODUCT).isNotEmpty();
        assertThat(rule.evaluate(PRODUCT).getFailureReport().getDetails())
                .as(rule.getDescription())
                .isEmpty();
    }
}
