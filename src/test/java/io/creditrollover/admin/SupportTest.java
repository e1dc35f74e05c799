package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A customer asks where their credits went; an agent answers, by mouse, by keyboard and on a phone. */
class SupportTest {
    private static final String COPY = "Copy reply";

    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final ApiClient olga = ConsoleServer.operator();

    /** Paid monthly for the month before, then starter in the month: 12 credits expire. */
    private HostFixture.User vivek() {
        HostFixture.User vivek = host.aUser(12)
                .paid("monthly", 50, host.windowStart().minus(Duration.ofDays(3)))
                .paid("starter", 10, host.inTheMonth());
        database.execute("update users set name = 'Vivek Chandra' where id = " + vivek.id());
        return vivek;
    }

    private String run() throws InterruptedException {
        String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        olga.awaitEnd(run);
        return run;
    }

    @Test
    void fromTheQuestionToAPastedSentenceIsOneSearchAndOneClick() throws Exception {
        HostFixture.User vivek = vivek();
        host.manyUsers(20);
        String run = run();
        olga.post(run + "/undo", "{\"reason\": \"ticket 4711\", \"user\": \"" + vivek.id() + "\"}");
        olga.awaitEnd(run);
        String sentence = "Your 12 credits expired on ";
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.login(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);

            String pasted = copied(browser, Person.Way.MOUSE, lastFour(vivek));
            assertThat(pasted).startsWith(sentence).contains("starter").contains("Later, 12 credits were added back.");
            assertThat(pasted).doesNotContain("4711").doesNotContain(vivek.phone());

            assertThat(browser.text())
                    .contains("Vivek Chandra", "expired 12 (12 → 0)", "reversed 12", "ticket 4711")
                    .contains("this payment decided", "₹299", "+10")
                    .doesNotContain(vivek.phone().substring(3));
            assertThat(browser.title()).startsWith("User " + vivek.id() + " …" + lastFour(vivek));
            browser.look("user-support");

            assertThat(copied(browser, Person.Way.KEYBOARD, "vivek")).isEqualTo(pasted);
            assertThat(copied(browser, Person.Way.PHONE, spelt(vivek))).isEqualTo(pasted);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** What an agent pastes after a search and a click. */
    private static String copied(Browser browser, Person.Way way, String search) {
        Person agent = new Person(browser, way)
                .open("/")
                .search("search", search)
                .sees("Reply to the customer")
                .press(COPY)
                .sees("Copied");
        assertThat(agent.searches()).isEqualTo(1);
        assertThat(agent.presses()).isEqualTo(1);
        return browser.paste("search");
    }

    @Test
    void severalHitsAreAListAndNoneIsASentence() throws Exception {
        HostFixture.User one = vivek();
        HostFixture.User other = vivek();
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.login(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
            browser.enter("search", "chandra").await("2 users match");
            assertThat(browser.text())
                    .contains("…" + lastFour(one), "…" + lastFour(other))
                    .doesNotContain(one.phone().substring(3));
            browser.look("users-found");
            browser.pick("td a[href='/users?id=" + other.id() + "']").await("Nothing was decided");
            browser.enter("search", "nobody at all").await("There is no user with this id, phone number or name");
            browser.open("/users?id=999999").await("There is no user");
        }
    }

    @Test
    void anOperatorReinstatesFromTheSamePage() throws Exception {
        HostFixture.User vivek = vivek();
        run();
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.login(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
            browser.enter("search", String.valueOf(vivek.phone())).await("expired 12");
            assertThat(browser.text()).doesNotContain("Reinstate");
        }
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            browser.enter("search", vivek.phone()).await("expired 12").unfold("Reinstate…");
            browser.type("reinstate-reason", "ticket 4712").look("user-reinstate");
            browser.press("Reinstate 12 credits").await("COMPLETED");
            browser.enter("search", vivek.phone()).await("reinstated 12").await("ticket 4712");
            assertThat(browser.text()).doesNotContain("Reinstate…");
        }
        assertThat(host.creditsOf(vivek)).isEqualTo(12);
    }

    private static String lastFour(HostFixture.User user) {
        return user.phone().substring(user.phone().length() - 4);
    }

    private static String spelt(HostFixture.User user) {
        return "0" + user.phone().substring(3, 8) + "-" + user.phone().substring(8);
    }
}
