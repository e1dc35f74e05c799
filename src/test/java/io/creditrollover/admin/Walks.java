package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import java.sql.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The admin on the 1st and the operator at three in the morning, in one way of working. */
abstract class Walks {
    final Person.Way way;
    final WalkScene scene;
    final Browser browser;
    final HostFixture host;
    final String month;

    Walks(Person.Way way, WalkScene scene) {
        this.way = way;
        this.scene = scene;
        this.browser = scene.browser;
        this.host = scene.host;
        this.month = Formats.month(host.date());
    }

    @BeforeEach
    void clear() throws Exception {
        scene.clear();
        browser.complaints(); // of the walk before
    }

    final Person admin() {
        return scene.person(way)
                .open("/login")
                .login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                .sees("Months");
    }

    final String expired() {
        return String.valueOf(scene.database.count("select max(credits_expired) from credit_rollover_runs"));
    }

    final Person reviewed(Person admin) {
        return admin.press("Start a dry run")
                .sees("Run as planned")
                .type("plan-credits", expired())
                .type("plan-reason", "as every month");
    }

    /** Takes pictures once: each shows all sizes. */
    final void look(String name) {
        if (way == Person.Way.MOUSE) {
            browser.look(name);
        }
    }

    @Test
    void onTheFirstTheAdminMakesADryRunReviewsRunsWatchesAndReadsTheReport() throws Exception {
        host.manyUsers(30);
        HostFixture.User lapsed = host.aLapsedUser();
        Person admin = admin().sees("No month has run yet.");

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

    /** A month that failed at a user, and its cause is gone; the operator has followed the link of the mail. */
    final Person calledAtThree(HostFixture.User faulty) throws Exception {
        host.manyUsers(30);
        scene.obstacles.refuseEventOf(faulty.id());
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
        return operator;
    }

    @Test
    void atThreeFromTheMailToTheResumedRunIsOneLinkAndOneButton() throws Exception {
        Person operator = calledAtThree(host.aLapsedUser());
        look("failed");
        operator.press("Resume this run").sees("COMPLETED").sees(month + " is complete.");

        assertThat(operator.presses()).isEqualTo(1);
        browser.back();
        operator.sees("COMPLETED");
        assertThat(browser.text()).doesNotContain("Resume this run");
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

        Person operator = admin().open("/audit").sees("The undo of " + month + " is unfinished.");
        look("undo-unfinished");
        operator.press("Finish the undo").sees("COMPLETED").sees("This undo reverses the live run");

        assertThat(operator.presses()).isEqualTo(1);
        assertThat(host.creditsOf(faulty)).isEqualTo(25);
    }
}
