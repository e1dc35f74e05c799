package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report, the lists and their files over the API. */
class ReportApiTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final ApiClient victor = ConsoleServer.viewer();
    private HostFixture.User lapsed;
    private HostFixture.User odd;
    private String run;

    @BeforeEach
    void runTheMonth() throws InterruptedException {
        host.aPayingUser();
        lapsed = host.aLapsedUser();
        odd = host.aLapsedUser().payment("gold", 50, "paid", host.inTheMonth());
        ApiClient olga = ConsoleServer.operator();
        run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}").header("Location");
        olga.awaitEnd(run);
    }

    @Test
    void aReportIsTheOneOfTheCommandLine() {
        JsonNode report = victor.get(run + "/report").json();
        Cli.Result printed = Cli.on(database).run("report", run.replaceAll(".*/", ""), "--json");

        ObjectNode expected = (ObjectNode) JsonMapper.shared().readTree(printed.out());
        expected.remove("exitCode");
        assertThat(withoutItsTime(report)).isEqualTo(withoutItsTime(expected));
        ApiClient.Answer page = victor.get(run + "/report.html");
        assertThat(page.header("Content-Disposition")).startsWith("attachment");
        assertThat(page.body()).contains("By reason and plan").doesNotContain(lapsed.phone());
        assertThat(victor.get("/admin/rollovers/999/report").status()).isEqualTo(404);
    }

    /** The command counts late payments anew; the console keeps its count. */
    private static JsonNode withoutItsTime(JsonNode report) {
        assertThat(((ObjectNode) report.path("figures")).remove("countedAt").asString())
                .endsWith("Z");
        return report;
    }

    @Test
    void aFileTakesTheFiltersOfItsTable() {
        assertThat(victor.get(run + "/events.csv").body().lines()).hasSize(3);
        assertThat(victor.get(run + "/events.csv?action=expiry").body().lines()).hasSize(2);
        assertThat(victor.get(run + "/events.csv?reasonCode=NO_PAYMENT").body().lines())
                .hasSize(1);
        assertThat(victor.get(run + "/events.csv?reason=NO_PAYMENT").body().lines())
                .hasSize(1);
        assertThat(victor.get(run + "/events?reason=NO_PAYMENT")
                        .json()
                        .path("totalEvents")
                        .asInt())
                .isZero();
        assertThat(victor.get(run + "/events.csv?user=" + lapsed.id()).body().lines())
                .hasSize(2);
        assertThat(victor.get(run + "/events.csv?action=nothing").status()).isEqualTo(400);
        assertThat(victor.get("/admin/audit.csv?action=run&about=first+month")
                        .body()
                        .lines())
                .hasSize(2);
    }

    @Test
    void skippedUsersComeWithThePaymentAtFault() {
        assertThat(victor.get("/admin/skips.csv").body().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("," + odd.id() + ",", "PLAN_UNKNOWN", ",gold,paid,")
                .doesNotContain(odd.phone());
        assertThat(victor.get("/admin/skips.csv?reasonCode=ROW_BUSY").body().lines())
                .hasSize(1);
        assertThat(victor.get("/admin/skips.csv?month=2001-01").body().lines()).hasSize(1);
        assertThat(victor.get("/admin/skips.csv?month=november").status()).isEqualTo(400);
        assertThat(victor.get("/admin/skips.csv?month=%2B999999999-12").status())
                .isEqualTo(400);
    }

    @Test
    void aSearchAnswersWithAMaskedList() {
        String lastFour = lapsed.phone().substring(lapsed.phone().length() - 4);
        JsonNode found = victor.get("/admin/users?query=" + lastFour).json();

        assertThat(found.path("users").path(0).path("userId").asLong()).isEqualTo(lapsed.id());
        assertThat(found.toString()).contains("********" + lastFour).doesNotContain(lapsed.phone());
        assertThat(victor.get("/admin/users?query=").status()).isEqualTo(400);
        assertThat(victor.get("/admin/users?query=" + lapsed.phone().substring(8))
                        .json()
                        .path("users"))
                .as("five digits find nobody")
                .isEmpty();
    }
}
