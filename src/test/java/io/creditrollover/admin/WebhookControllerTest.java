package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Endpoints are shown without their addresses; who replays to one is in the audit. */
class WebhookControllerTest {
    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication SERVER = TestApplication.serving(
            DATABASE,
            "rollover.admin.password=operator",
            "rollover.admin.viewer-password=viewer",
            "rollover.webhooks.crm.url=http://localhost:1/secret-path",
            "rollover.webhooks.crm.secret=whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=",
            "rollover.webhooks.crm.types=rollover.decisions");

    private final ApiClient olga = new ApiClient(SERVER.port()).as("admin", "operator");
    private final ApiClient viewer = new ApiClient(SERVER.port()).as("viewer", "viewer");

    @Test
    void showsStateAndNoAddress() {
        ApiClient.Answer all = viewer.get("/admin/webhooks");

        JsonNode crm = all.json().path("webhooks").get(0);
        assertThat(crm.path("name").asString()).isEqualTo("crm");
        assertThat(crm.path("types").toString()).isEqualTo("[\"rollover.decisions\"]");
        assertThat(crm.path("switchedOff").asBoolean()).isFalse();
        assertThat(all.body()).doesNotContain("secret-path", "whsec_");
    }

    @Test
    void replaysAndSwitchesOnForOperatorsAndWritesTheAudit() throws InterruptedException {
        HostFixture host = HostFixture.in(DATABASE);
        host.aLapsedUser();
        SERVER.run();
        DATABASE.execute("update credit_rollover_webhooks set switched_off_at = now()");
        String replay = "{\"date\": \"" + host.date() + "\", \"reason\": \"lost\"}";

        assertThat(viewer.post("/admin/webhooks/crm/replay", replay).status()).isEqualTo(403);
        assertThat(olga.post("/admin/webhooks/crm/replay", replay).status()).isEqualTo(200);
        assertThat(olga.post("/admin/webhooks/crm/switch-on").status()).isEqualTo(200);

        assertThat(DATABASE.count("select count(*) from credit_rollover_webhooks"
                        + " where name = 'crm' and position = 0 and switched_off_at is null"))
                .isOne();
        assertThat(JdbcClient.create(DATABASE.dataSource())
                        .sql("select action || ' ' || target || ': ' || coalesce(reason, result)"
                                + " from credit_rollover_audit where action like '%webhook' order by id")
                        .query(String.class)
                        .list())
                .isEqualTo(List.of(
                        "replay webhook crm: lost",
                        "replay webhook crm: replays from " + host.date(),
                        "switch on webhook crm: intended",
                        "switch on webhook crm: switched on"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(olga.post("/admin/webhooks/other/replay", "{\"date\": \"2026-11-01\"}")
                        .status())
                .isEqualTo(404);
        for (String body : List.of(
                "{}",
                "{\"date\": \"1999-01-01\"}",
                "{\"after\": \"x\"}",
                "{\"date\": \"+999999999-01-01\"}",
                "{\"date\": \"-999999999-01-01\"}",
                "{\"date\": \"2026-11-01\", \"after\": \"x\"}")) {
            assertThat(olga.post("/admin/webhooks/crm/replay", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }
}
