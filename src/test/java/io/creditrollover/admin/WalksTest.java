package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The admin on the 1st and the operator at three in the morning, by mouse, and under the tag chaos by keyboard and on a
 * phone; the support agent is in {@link SupportTest}. Then what goes wrong on the way: a second tab, a session that ends, a server and a database
 * that die.
 */
class WalksTest {
    @TempDir
    private static Path profile;

    private static WalkScene scene;

    private final Browser browser = scene.browser;
    private final HostFixture host = scene.host;
    private final String month = Formats.month(host.date());

    @BeforeAll
    static void open() throws Exception {
        scene = new WalkScene(profile);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void clear() throws Exception {
        scene.clear();
        browser.complaints(); // of the walk before
    }

    private Person admin(Person.Way way) {
        return scene.person(way)
                .open("/login")
                .login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                .sees("Months");
    }

    private String expired() {
        return String.valueOf(scene.database.count("select max(credits_expired) from credit_rollover_runs"));
    }

    private Person reviewed(Person admin) {
        return admin.press("Start a dry run")
                .sees("Run as planned")
                .type("plan-credits", expired())
                .type("plan-reason", "as every month");
    }

    @Test
    void onTheFirstTheAdminMakesADryRunReviewsRunsWatchesAndReadsTheReport() throws Exception {
        theFirstOfTheMonth(Person.Way.MOUSE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MOUSE")
    @Tag("chaos") // each ten seconds
    void theAdminDoesTheSameByKeyboardAndOnAPhone(Person.Way way) throws Exception {
        theFirstOfTheMonth(way);
    }

    private void theFirstOfTheMonth(Person.Way way) throws Exception {
        host.manyUsers(30);
        HostFixture.User lapsed = host.aLapsedUser();
        Person admin = admin(way).sees("No month has run yet.");

        reviewed(admin);
        String review = browser.path();
        try (Connection held = host.lock(lapsed)) {
            admin.press("Run as planned")
                    .sees("This page updates automatically")
                    .sees("of 31 users");
            held.rollback();
        }
        admin.sees("COMPLETED").sees(month + " is complete.").follow("Report").sees("By reason and plan");

        assertThat(admin.presses()).as("dry run, run, report").isEqualTo(3);
        assertThat(host.creditsOf(lapsed)).isZero();
        browser.back().await("Add credits back").back();
        admin.sees("This dry run was carried out.");
        assertThat(browser.path()).isEqualTo(review);
        assertThat(browser.text()).doesNotContain("Run as planned");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void atThreeFromTheMailToTheResumedRunIsOneLinkAndOneButton() throws Exception {
        atThree(Person.Way.MOUSE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MOUSE")
    @Tag("chaos")
    void theOperatorDoesTheSameByKeyboardAndOnAPhone(Person.Way way) throws Exception {
        atThree(way);
    }

    private void atThree(Person.Way way) throws Exception {
        host.manyUsers(30);
        scene.obstacles.refuseEventOf(host.aLapsedUser().id());
        scene.api.awaitEnd(scene.run());
        String link = scene.linkOfTheMail();
        scene.obstacles.clear();

        Person operator = scene.person(way)
                .open(link)
                .sees("Log in")
                .login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                .sees("It failed")
                .sees("No user is decided twice");
        assertThat(browser.path()).isEqualTo(link);
        if (way == Person.Way.MOUSE) {
            browser.look("failed");
        }
        operator.press("Resume this run").sees("COMPLETED").sees(month + " is complete.");

        assertThat(operator.presses()).isEqualTo(1);
    }

    @Test
    void anInterruptedUndoIsFinishedByTheButtonOfAnyPage() throws Exception {
        host.aLapsedUser();
        HostFixture.User faulty = host.aLapsedUser();
        String run = scene.run();
        scene.api.awaitEnd(run);
        scene.obstacles.refuseEventOf(faulty.id());
        scene.api.post(run + "/undo", "{\"reason\": \"wrong plans\", \"everyone\": true}");
        scene.obstacles.await(
                "select exists (select from credit_rollover_runs where mode = 'undo' and status = 'FAILED')");
        scene.obstacles.clear();

        Person operator = admin(Person.Way.KEYBOARD).open("/audit").sees("The undo of " + month + " is unfinished.");
        browser.look("undo-unfinished");
        operator.press("Finish the undo").sees("COMPLETED").sees("This undo reverses the live run");

        assertThat(operator.presses()).isEqualTo(1);
        assertThat(host.creditsOf(faulty)).isEqualTo(25);
    }

    @Test
    void aSecondTabThatIsBehindSaysWhatHasHappenedAndRunsNothing() {
        host.aLapsedUser();
        Person admin = reviewed(admin(Person.Way.MOUSE));
        String review = browser.path();
        String first = browser.anotherTab();
        admin.open(review)
                .type("plan-credits", expired())
                .type("plan-reason", "in another tab")
                .press("Run as planned")
                .sees("It carries out the dry run")
                .sees(month + " is complete.");
        String live = browser.path();
        browser.closeTabFor(first);

        admin.press("Run as planned")
                .sees("is already complete. Nothing was changed.")
                .sees("in another tab");
        assertThat(browser.path()).isEqualTo(live);
        assertThat(scene.database.count("select count(*) from credit_rollover_runs where mode = 'live'"))
                .isEqualTo(1);
    }

    @Test
    void aSessionThatEndsDuringTheReviewKeepsWhatWasTyped() {
        host.aLapsedUser();
        Person admin = reviewed(admin(Person.Way.PHONE));
        scene.database.execute("delete from credit_rollover_sessions");

        admin.press("Run as planned")
                .sees("You were logged out. Log in to continue.")
                .login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                .sees("Review, then run");
        assertThat(browser.value("plan-reason")).isEqualTo("as every month");
        admin.press("Run as planned").sees("It carries out the dry run").sees(month + " is complete.");
    }

    @Test
    void aServerThatDiesIsSaidAndThePageFollowsAgainByItself() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        Person admin = admin(Person.Way.MOUSE);
        try (Connection held = host.lock(busy)) {
            admin.open(scene.run().replace("/admin/rollovers/", "/runs/")).sees("This page updates automatically");
            scene.toConsole.dies();
            admin.sees("Connection lost. Trying again…");
            held.rollback();
        } finally {
            scene.toConsole.isBack();
        }
        admin.sees("COMPLETED");
        assertThat(browser.text()).doesNotContain("Connection lost");
    }

    @Test
    void aDatabaseThatDiesIsOneClearPageAndTheFormIsThereAgainWithWhatWasTyped() {
        host.aLapsedUser();
        Person admin = reviewed(admin(Person.Way.MOUSE));
        String review = browser.path();
        scene.toDatabase.dies();
        try {
            admin.press("Run as planned").sees("The database does not answer");
            browser.look("database-away");
            assertThat(browser.text()).contains("Nothing is lost").doesNotContain("Exception", "at io.");
        } finally {
            scene.toDatabase.isBack();
        }
        admin.sees("Review, then run");
        assertThat(browser.path()).isEqualTo(review);
        assertThat(browser.value("plan-reason")).isEqualTo("as every month");
        assertThat(scene.database.count("select count(*) from credit_rollover_runs where mode = 'live'"))
                .isZero();
    }
}
