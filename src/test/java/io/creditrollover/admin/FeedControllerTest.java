package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Programs that ask for events get those of ended runs, once, in the order of the ends. */
class FeedControllerTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final ApiClient olga = ConsoleServer.operator();
    private final ApiClient viewer = ConsoleServer.viewer();

    private String run() throws InterruptedException {
        ApiClient.Answer begun = olga.post("/admin/run-rollover", "{\"approve\": \"a test\"}");
        olga.awaitEnd(begun.header("Location"));
        return begun.header("Location");
    }

    @Test
    void whoFollowsNextGetsEachEventOnceAndLaterOnesToo() throws InterruptedException {
        host.manyUsers(7);
        String location = run();

        List<Long> read = new ArrayList<>();
        String next = follow("", read);
        olga.awaitEnd(olga.post(location + "/undo", "{\"reason\": \"a test\", \"everyone\": true}")
                .header("Location"));
        next = follow(next, read);

        assertThat(read)
                .isEqualTo(database.jdbc()
                        .sql("select id from credit_rollover_events order by id")
                        .query(Long.class)
                        .list());
        assertThat(follow(next, read)).as("at the end").isEqualTo(next);
    }

    /** Reads to the end in pages of 3; returns the last next. */
    private String follow(String after, List<Long> into) {
        String next = after;
        while (true) {
            JsonNode page = viewer.get("/admin/events?limit=3&after=" + next).json();
            page.path("events").forEach(event -> into.add(event.path("eventId").asLong()));
            next = page.path("next").asString();
            if (page.path("events").size() < 3) {
                return next;
            }
        }
    }

    @Test
    void anEventHasItsRunAndNoPhoneNumber() throws InterruptedException {
        HostFixture.User lapsed = host.aLapsedUser();
        run();

        ApiClient.Answer page = viewer.get("/admin/events");

        JsonNode event = page.json().path("events").get(0);
        assertThat(event.path("userId").asLong()).isEqualTo(lapsed.id());
        assertThat(event.path("rolloverDate").asString()).isEqualTo(host.date().toString());
        assertThat(event.path("action").asString()).isEqualTo("expiry");
        assertThat(page.body()).doesNotContain(lapsed.phone().substring(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"after=1", "after=MTo5OTk5OTk6MQ", "after=%00", "after=MTox", "limit=0", "limit=1001", "limit=x"
            })
    void aWrongPlaceOrLimitIs400(String query) {
        assertThat(viewer.get("/admin/events?" + query).status()).isEqualTo(400);
    }
}
