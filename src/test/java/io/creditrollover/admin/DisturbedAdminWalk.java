package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** What goes wrong on the admin's walk: a second tab, a session that ends, a server and a database that die. */
abstract class DisturbedAdminWalk extends Walks {
    DisturbedAdminWalk(Person.Way way, WalkScene scene) {
        super(way, scene);
    }

    @Test
    void aSecondTabThatIsBehindSaysWhatHasHappenedAndRunsNothing() {
        host.aLapsedUser();
        Person admin = reviewed(admin());
        String review = browser.path();
        String first = admin.anotherTab();
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
        Person admin = reviewed(admin());
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
        Person admin = admin();
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
        Person admin = reviewed(admin());
        String review = browser.path();
        scene.toDatabase.dies();
        try {
            admin.press("Run as planned").sees("The database does not answer");
            look("database-away");
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
