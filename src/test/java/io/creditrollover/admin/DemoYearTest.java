package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.creditrollover.demo.DemoProcess;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The year of the console's demo, as its pages and mails tell it: {@code ./mvnw verify -Pchaos -Dtest=DemoYearTest}, since it
 * runs twelve months.
 */
@Tag("chaos")
class DemoYearTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

    private final GreenMail mails = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @Test
    void eachOfTwelveMonthsRanOnItsOwnFirst() throws Exception {
        mails.start();
        try (DemoProcess demo = DemoProcess.start(
                "spring.mail.host=127.0.0.1",
                "spring.mail.port=" + mails.getSmtp().getPort())) {
            ApiClient api = new ApiClient(demo.port()).as(demo.username(), demo.password());
            JsonNode runs = api.get("/admin/rollovers").json().path("runs");
            List<JsonNode> live = runs.valueStream()
                    .filter(run -> run.path("mode").asString().equals("live"))
                    .toList();
            LocalDate last =
                    Instant.now().atZone(ZONE).minusHours(4).toLocalDate().withDayOfMonth(1);
            assertThat(live.stream().map(DemoYearTest::date))
                    .containsExactlyInAnyOrderElementsOf(Stream.iterate(last, date -> date.minusMonths(1))
                            .limit(12)
                            .toList());
            assertThat(live).allSatisfy(run -> {
                assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
                assertThat(day(run.path("startedAt").asString())).isEqualTo(date(run));
                assertThat(day(run.path("finishedAt").asString())).isEqualTo(date(run));
                assertThat(run.path("usersExpired").asInt()).isPositive();
            });
            eventsAreOfThatDay(api, live);
            oneFailedAndOneWasBlocked(new ApiClient(demo.port()).loggedIn(demo.username(), demo.password()), live);
            oneUserWasReinstated(runs, last);
            mailsAreOfThatDay(live.size() + 3);
            assertThat(demo.said()
                            .stripTrailing()
                            .lines()
                            .reduce((first, second) -> second)
                            .orElse(""))
                    .as("the last thing said")
                    .contains("Password:", demo.password());
        } finally {
            mails.stop();
        }
    }

    private static void eventsAreOfThatDay(ApiClient api, List<JsonNode> live) {
        for (JsonNode run : List.of(live.get(0), live.get(live.size() - 1))) {
            List<String> lines = api.get(
                            "/admin/rollovers/" + run.path("executionId").asString() + "/events.csv")
                    .body()
                    .lines()
                    .toList();
            assertThat(lines).hasSizeGreaterThan(1_000);
            assertThat(lines.stream().skip(1))
                    .allSatisfy(line -> assertThat(line.split(",")).anySatisfy(cell -> assertThat(cell)
                            .startsWith(run.path("startedAt").asString().substring(0, 13))));
        }
    }

    private static void oneFailedAndOneWasBlocked(ApiClient browser, List<JsonNode> live) {
        List<String> pages = new ArrayList<>();
        for (JsonNode run : live) {
            pages.add(browser.get("/runs/" + run.path("executionId").asString()).body());
        }
        assertThat(pages)
                .filteredOn(page -> page.contains("failed") && page.contains(", 09:14"))
                .hasSize(1);
        assertThat(pages)
                .filteredOn(page -> page.contains("checked with finance"))
                .hasSize(1);
        assertThat(pages)
                .filteredOn(page -> page.contains("It carries out the"))
                .hasSize(1);
    }

    private static void oneUserWasReinstated(JsonNode runs, LocalDate last) {
        assertThat(runs.valueStream().filter(run -> run.path("mode").asString().equals("reinstate")))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.path("usersReinstated").asInt()).isEqualTo(1);
                    assertThat(day(run.path("startedAt").asString()))
                            .isEqualTo(last.minusMonths(1).withDayOfMonth(3));
                });
    }

    /** One for each end of an attempt, and one for the reinstatement. */
    private void mailsAreOfThatDay(int expected) throws Exception {
        assertThat(mails.waitForIncomingEmail(60_000, expected)).isTrue();
        for (MimeMessage mail : mails.getReceivedMessages()) {
            Instant sent = mail.getSentDate().toInstant();
            assertThat(mail.getSubject()).contains(sent.atZone(ZONE).toString().substring(0, 7));
        }
    }

    private static LocalDate date(JsonNode run) {
        return LocalDate.parse(run.path("rolloverDate").asString());
    }

    private static LocalDate day(String instant) {
        return Instant.parse(instant).atZone(ZONE).toLocalDate();
    }
}
