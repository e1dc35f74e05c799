package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A viewer sees which notice a user would get; nothing is planned or sent for it. */
class NoticePageTest {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final ApiClient vera =
            new ApiClient(ConsoleServer.port()).loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);

    @Test
    void aSampleOfEachKindIsShownAsTextAndAsAMail() {
        for (String kind : List.of("expiring", "expired", "reinstated")) {
            String page = vera.get("/notices?kind=" + kind).body();
            ApiClient.Answer mail = vera.get("/notices/mail?kind=" + kind);

            assertThat(page).contains("A sample with invented numbers.").containsPattern("25 credits .*" + verb(kind));
            assertThat(page)
                    .as("what has happened bears no date to come")
                    .contains(DAY.format(kind.equals("expiring") ? host.date().plusMonths(1) : host.date()));
            assertThat(mail.body()).containsPattern("<h1>.*25 credits .*" + verb(kind));
            assertThat(mail.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'; style-src 'unsafe-inline'");
        }
        assertThat(database.count("select count(*) from credit_rollover_notices"))
                .isZero();
    }

    private static String verb(String kind) {
        return switch (kind) {
            case "expiring" -> "would expire";
            case "expired" -> "expired";
            default -> "were added back";
        };
    }

    @Test
    void ofAUserItIsWhatExplainSaysAndAPersonsReasonIsNotInIt() throws Exception {
        HostFixture.User user = host.on(host.date().plusMonths(1)).aLapsedUser();
        String before = vera.get("/notices?kind=expiring&user=" + user.id()).body();
        assertThat(before).contains("Your 25 credits would expire on", "was too long ago");
        assertThat(vera.get("/notices?kind=expired&user=" + user.id()).body())
                .contains("would get no notice of this kind now");
        assertThat(vera.get("/notices/mail?kind=expired&user=" + user.id()).status())
                .isEqualTo(404);

        ApiClient olga = ConsoleServer.operator();
        String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        olga.awaitEnd(run);
        olga.post(run + "/undo", "{\"reason\": \"ticket 4711\", \"user\": \"" + user.id() + "\"}");
        olga.awaitEnd(run);

        assertThat(vera.get("/notices?kind=expired&user=" + user.id()).body()).contains("Your 25 credits expired on");
        assertThat(vera.get("/notices?kind=reinstated&user=" + user.id()).body())
                .contains("were added back", "Your balance went from 0 to 25 credits.")
                .doesNotContain("4711");
    }

    @Test
    void wrongQuestionsAreAnsweredInASentence() {
        assertThat(vera.get("/notices?kind=soon").status()).isEqualTo(400);
        assertThat(vera.get("/notices?user=987654").body()).contains("987654");
        assertThat(vera.get("/notices/mail?user=987654").status()).isEqualTo(400);
    }

    @Test
    void theLinkOfAUserLeadsToThePreview() {
        HostFixture.User user = host.on(host.date().plusMonths(1)).aLapsedUser();
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.login(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
            browser.open("/users?id=" + user.id()).follow("Notice preview").await("Your 25 credits would expire");
            browser.look("notice-preview");
            browser.follow("Show the mail in HTML")
                    .await("Your 25 credits would expire")
                    .look("notice-mail");
        }
    }
}
