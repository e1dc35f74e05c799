package io.creditrollover.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What Prometheus gets to see, scraped or pushed. */
class RunMetricsTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void aCompleteMonthIsToldInFigures() throws Exception {
        host.aPayingUser();
        host.aLapsedUser();
        host.aUserWhoToppedUp();
        try (TestApplication product = TestApplication.on(database, "rollover.overdue-after=PT0S")) {
            PrometheusMeterRegistry registry = product.bean(PrometheusMeterRegistry.class);
            assertThat(registry.scrape())
                    .contains("credit_rollover_month_overdue 1.0", "credit_rollover_users_expired NaN");

            product.run();
        }
        try (TestApplication product = TestApplication.on(database, "rollover.overdue-after=PT0S")) {
            long date = host.date().atStartOfDay(ZoneOffset.UTC).toEpochSecond();
            String scraped = product.bean(PrometheusMeterRegistry.class).scrape();
            assertThat(scraped.lines())
                    .contains(
                            "credit_rollover_month_overdue 0.0",
                            "credit_rollover_users_rolled_over 1.0",
                            "credit_rollover_users_expired 2.0",
                            "credit_rollover_credits_expired 55.0",
                            "credit_rollover_revenue_at_risk_paise 29900.0",
                            "credit_rollover_reconciliation_difference_users 0.0",
                            "credit_rollover_users_swept 0.0",
                            "credit_rollover_last_run_failed 0.0");
            assertThat(scraped).containsPattern("credit_rollover_run_chunks [1-9]");
            assertThat(Double.parseDouble(scraped.lines()
                            .filter(line -> line.startsWith("credit_rollover_last_success_date_seconds "))
                            .findFirst()
                            .orElseThrow()
                            .split(" ")[1]))
                    .isEqualTo((double) date);
            assertThat(scraped).as("no user, no phone").doesNotContain("user_id", "phone");
        }
    }

    @Test
    void aBlockedMonthShows() {
        host.aPayingUser();
        Cli.on(database, "rollover.safety.max-payment-silence=PT1H").run("run");

        try (TestApplication product = TestApplication.on(database)) {
            assertThat(product.bean(PrometheusMeterRegistry.class).scrape().lines())
                    .contains("credit_rollover_last_run_blocked 1.0", "credit_rollover_last_run_failed 0.0");
        }
    }

    @Test
    void aCommandPushesWhereSpringsPropertiesSaySoAndAGatewayThatIsDownChangesNothing() throws Exception {
        host.aPayingUser();
        List<String> pushed = new CopyOnWriteArrayList<>();
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            pushed.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        gateway.start();
        String prefix = "management.prometheus.metrics.export.pushgateway.";
        String address = prefix + "address=localhost:" + gateway.getAddress().getPort();
        try {
            Cli.Result run = Cli.on(database, prefix + "enabled=true", address, prefix + "format=text")
                    .run("run", "--approve=a test", "--json");
            assertThat(run.json().get("exitCode").asInt()).as(run.err()).isZero();
        } finally {
            gateway.stop(0);
        }
        assertThat(pushed)
                .as("the first push, on a thread of its own, may come after it")
                .anySatisfy(
                        push -> assertThat(push).startsWith("PUT ").contains("credit_rollover_users_rolled_over 1.0"));

        Cli.Result away = Cli.on(database, prefix + "enabled=true", address).run("run", "--json");
        assertThat(away.json().get("exitCode").asInt()).as(away.err()).isZero();
    }
}
