package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Months of runs, one of them half done, upgraded from an earlier version: the operator continues as if it had been the
 * new version from the beginning.
 */
class UpgradeInMidMonthTest {
    private static final String NAME = "upgraded_in_mid_month";

    private static TestDatabase months;
    private static Cli cli;
    private static List<String> expected;

    @BeforeAll
    static void liveThoseMonthsOnTheNewVersion() throws InterruptedException {
        months = MonthsOfRuns.made();
        TestDatabase twin = months.copy().renamed(NAME);
        cli = Cli.startedOnce(twin, "rollover.chunk-size=10", "rollover.threads=1");
        expected = MonthsOfRuns.nextSteps(cli, twin);
        assertThat(expected)
                .startsWith("restart 0 COMPLETED ", "second-look 0 COMPLETED ")
                .anyMatch(command -> command.startsWith("undo 0 "))
                .anyMatch(user -> user.matches(".*expiry.*reinstatement.*"))
                .anyMatch(user -> user.matches(".*expiry.*reversal.*"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void fromTheFirstAndTheLastOf0x(int version) throws SQLException {
        continuesAsOnTheNewVersion(OldInstallation.of(version, months));
    }

    /** Version 1 alone has no tables for a run's execution; version 4 was never there. */
    @ParameterizedTest
    @Tag("chaos")
    @ValueSource(ints = {3, 5, 6, 7, 9})
    void fromEachOf0x(int version) throws SQLException {
        continuesAsOnTheNewVersion(OldInstallation.of(version, months));
    }

    @ParameterizedTest
    @Tag("chaos")
    @ValueSource(ints = {9, 10, 11, 12, 13})
    void fromEachOfThisLine(int version) throws SQLException {
        continuesAsOnTheNewVersion(OldInstallation.ofLine1(version, months));
    }

    private static void continuesAsOnTheNewVersion(TestDatabase old) {
        TestDatabase database = old.renamed(NAME);
        Cli.Result migrated = cli.run("migrate", "--json");
        assertThat(migrated.exitCode()).as(migrated.out() + migrated.err()).isZero();

        assertThat(MonthsOfRuns.nextSteps(cli, database)).isEqualTo(expected);
    }
}
