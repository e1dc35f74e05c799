package io.creditrollover.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose plan types are spelt otherwise than the defaults, and the ways to say so. */
class PlanTypesTest {
    private static final String BRACKETS =
            "{\"rollover\":{\"plans\":{\"[MONTHLY]\":{\"eligible\":true},\"[POWER]\":{\"eligible\":true}}}}";

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabase.fresh();
    private final HostFixture host = HostFixture.in(database);
    private final HostFixture.User paying = host.aUser(40).paid("MONTHLY", 50, host.inTheMonth());

    PlanTypesTest() {
        host.aUser(30).paid("STARTER", 10, host.inTheMonth());
        database.execute("update payment_plans set plan_type = upper(plan_type)");
    }

    private void rollsOver(Cli product) {
        Cli.Result run = product.run("run", "--approve=a test");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(host.creditsOf(paying)).isEqualTo(40);
        assertThat(database.count("select sum(credits) from users")).isEqualTo(40);
    }

    @Test
    void fromJsonWithBrackets() {
        rollsOver(Cli.on(database, "spring.application.json=" + BRACKETS));
    }

    @Test
    void fromAVariableOfTheProcess() {
        rollsOver(Cli.withVariables(
                Map.of("SPRING_APPLICATION_JSON", BRACKETS),
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=" + TestDatabase.USERNAME));
    }

    @Test
    void fromAFileWithBrackets() throws Exception {
        Path file = directory.resolve("application.yml");
        Files.writeString(file, """
                rollover:
                  plans:
                    "[MONTHLY]":
                      eligible: true
                    "[POWER]":
                      eligible: true
                """);
        rollsOver(Cli.on(database, "spring.config.additional-location=file:" + directory + "/"));
    }

    @Test
    void fromAFileOfPropertiesWithBrackets() throws Exception {
        Files.writeString(
                directory.resolve("application.properties"),
                "rollover.plans[MONTHLY].eligible=true\nrollover.plans[POWER].eligible=true\n");
        rollsOver(Cli.on(database, "spring.config.additional-location=file:" + directory + "/"));
    }

    @Test
    void withoutConfigurationTheRightSpellingIsNamed() {
        refused(Cli.on(database), "MONTHLY", "STARTER", "rollover.plans.\"[MONTHLY]\".eligible");
    }

    @Test
    void switchingTheDefaultsOffExpiresNobody() {
        refused(
                Cli.on(database, "rollover.plans.monthly.eligible=false", "rollover.plans.power.eligible=false"),
                "No plan is eligible",
                "[MONTHLY]");
    }

    @Test
    void twoSpellingsAreRefused() {
        refused(
                Cli.on(
                        database,
                        "spring.application.json={\"rollover\":{\"plans\":{\"monthly\":{\"eligible\":false},"
                                + "\"MONTHLY\":{\"eligible\":true}}}}"),
                "monthly and MONTHLY");
        refused(
                Cli.on(database, "rollover.plans.[MONTHLY].eligible=true", "rollover.plans.[MONTH-LY].eligible=false"),
                "MONTH-LY");
    }

    /** Only POWER is configured, and the default monthly is spelt MONTHLY here: dropping it would expire its payers. */
    @Test
    void aDefaultThatIsSpeltOtherwiseIsNotDropped() {
        refused(Cli.on(database, "rollover.plans.[POWER].eligible=true"), "monthly", "[MONTHLY]");
    }

    private void refused(Cli product, String... says) {
        Cli.Result run = product.run("run", "--approve=a test", "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(78);
        assertThat(run.json().path("error").asString()).contains(says);
        assertThat(database.count("select sum(credits) from users")).isEqualTo(70);
    }
}
