package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** What goes wrong on the walks of the operator and of the support agent. */
abstract class DisturbedWalks extends DisturbedAdminWalk {
    private static final String RESUME = "Resume this run";
    private static final String REPLY = "Reply to the customer";

    DisturbedWalks(Person.Way way, WalkScene scene) {
        super(way, scene);
    }

    private void assertDecidedOnce(HostFixture.User user) {
        assertThat(scene.database.count("select count(*) from credit_rollover_events where user_id = " + user.id()))
                .isEqualTo(1);
    }

    @Test
    void aRunThatWasResumedInASecondTabIsNotResumedAgain() throws Exception {
        HostFixture.User faulty = host.aLapsedUser();
        Person operator = calledAtThree(faulty);
        String link = browser.path();
        String first = operator.anotherTab();
        operator.open(link).press(RESUME).sees("COMPLETED").sees(month + " is complete.");
        browser.closeTabFor(first);

        operator.press(RESUME).sees("is already complete. Nothing was changed.");
        assertDecidedOnce(faulty);
    }

    @Test
    void aSessionThatEndsBeforeTheRunIsResumedComesBackToTheRun() throws Exception {
        HostFixture.User faulty = host.aLapsedUser();
        Person operator = calledAtThree(faulty);
        scene.database.execute("delete from credit_rollover_sessions");

        operator.press(RESUME)
                .sees("You were logged out. Log in to continue.")
                .login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                .sees("It failed");
        operator.press(RESUME).sees("COMPLETED").sees(month + " is complete.");
        assertDecidedOnce(faulty);
    }

    @Test
    void aServerThatDiesDuringTheResumedRunIsSaid() throws Exception {
        HostFixture.User faulty = host.aLapsedUser();
        Person operator = calledAtThree(faulty);
        try (Connection held = host.lock(faulty)) {
            operator.press(RESUME).sees("This page updates automatically");
            scene.toConsole.dies();
            operator.sees("Connection lost. Trying again…");
            held.rollback();
        } finally {
            scene.toConsole.isBack();
        }
        operator.sees("COMPLETED");
        assertDecidedOnce(faulty);
    }

    @Test
    void aDatabaseThatDiesBeforeTheRunIsResumedChangesNothing() throws Exception {
        HostFixture.User faulty = host.aLapsedUser();
        Person operator = calledAtThree(faulty);
        scene.toDatabase.dies();
        try {
            operator.press(RESUME).sees("The database does not answer");
        } finally {
            scene.toDatabase.isBack();
        }
        operator.sees("It failed").press(RESUME).sees("COMPLETED").sees(month + " is complete.");
        assertDecidedOnce(faulty);
    }

    /** Two customers called Vivek; the agent has logged in. */
    private Person agent() throws Exception {
        vivek();
        vivek();
        scene.api.awaitEnd(scene.run());
        return scene.person(way)
                .open("/login")
                .login(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD)
                .sees("Months");
    }

    private HostFixture.User vivek() {
        HostFixture.User vivek = host.aLapsedUser();
        scene.database.execute("update users set name = 'Vivek Chandra' where id = " + vivek.id());
        return vivek;
    }

    private static String lastFour(HostFixture.User user) {
        return user.phone().substring(user.phone().length() - 4);
    }

    @Test
    void theBackButtonLeadsFromACustomerToTheOthersOfTheSameName() throws Exception {
        HostFixture.User asking = vivek();
        Person agent = agent().search("search", "vivek").sees("3 users match");
        agent.follow(String.valueOf(asking.id())).sees(REPLY);
        browser.back();
        agent.sees("3 users match");
    }

    @Test
    void aSearchAfterTheSessionEndedIsThereAgainAfterTheLogin() throws Exception {
        HostFixture.User asking = vivek();
        // The forecast comes after the page, and leads to the login by itself.
        Person agent = agent().sees("compute again");
        scene.database.execute("delete from credit_rollover_sessions");

        agent.search("search", lastFour(asking))
                .sees("You were logged out. Log in to continue.")
                .login(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD)
                .sees("Months");
        agent.searchAgain("search", lastFour(asking)).sees(REPLY).sees("…" + lastFour(asking));
    }

    @Test
    void aSearchInADeadDatabaseIsThereAgainWhenItIsBack() throws Exception {
        HostFixture.User asking = vivek();
        Person agent = agent();
        scene.toDatabase.dies();
        try {
            agent.search("search", lastFour(asking)).sees("The database does not answer");
        } finally {
            scene.toDatabase.isBack();
        }
        agent.sees("Months").searchAgain("search", lastFour(asking)).sees(REPLY).sees("…" + lastFour(asking));
    }

    @Test
    void twoTabsHoldTwoCustomers() throws Exception {
        HostFixture.User asking = vivek();
        HostFixture.User other = vivek();
        Person agent = agent().search("search", lastFour(asking)).sees(REPLY);
        String first = agent.anotherTab();
        agent.open("/").search("search", lastFour(other)).sees(REPLY).sees("…" + lastFour(other));
        browser.closeTabFor(first);

        agent.press("Copy reply").sees("Copied").sees("…" + lastFour(asking));
    }
}
