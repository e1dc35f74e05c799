package io.creditrollover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Wrong input: one sentence, the right exit, and nothing on standard output but the answer. */
class WrongInputTest {
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Cli CLI = Cli.startedOnceWith(
            "spring.datasource.url=" + DATABASE.url(), "spring.datasource.username=" + TestDatabase.USERNAME);

    @ParameterizedTest
    @CsvSource({
        "64, run --date +999999999-01-01",
        "64, run --date -999999999-01-01",
        "64, run --date 2026-13-01",
        "64, explain 1 --date +999999999-01-01",
        "64, forecast --date 9999-12-31",
        "64, forecast --csv /",
        "64, forecast --csv /tmp",
        "64, forecast --csv /nowhere/at/all.csv",
        "64, restart +91-9876543210",
        "64, explain +919876543210",
        "64, nonsense",
        "64, run --nonsense",
        "64, undo 1"
    })
    void isNamedWithOneJsonObject(int exit, String command) {
        Cli.Result result = CLI.run((command + " --json").split(" "));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(exit);
        assertThat(result.json().path("exitCode").asInt()).isEqualTo(exit);
        assertThat(result.json().path("error").asString()).isNotEmpty();
        assertThat(result.out() + result.err()).doesNotContain("\tat ", "Unexpected", "9876543210");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.url=jdbc:postgresql://localhost:port/saas",
                "spring.datasource.url=jdbc:postgresql://localhost:99999/saas",
                "spring.datasource.url=jdbc:postgresql://localhost:0/saas",
                "spring.datasource.url=jdbc:postgresql://one:5432,two:x/saas",
                "spring.flyway.url=jdbc:postgresql://localhost:-1/saas",
                "rollover.plans.monthly.window=P999999999Y",
                "rollover.plans.monthly.window=P2147483647D",
                "rollover.pending-grace=P99999999999D",
                "rollover.overdue-after=PT9223372036854775807S",
                "rollover.lease.duration=P30D",
                "spring.application.json={\"rollover\": ",
                "spring.application.json=[1]"
            })
    void aWrongSettingIsNamed(String setting) {
        String key = setting.split("=", 2)[0];
        Cli.Result result = Cli.on(DATABASE, setting).run("status", "--json");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(78);
        assertThat(result.json().path("error").asString())
                .containsIgnoringCase(key.startsWith("spring") ? key.replace('.', '_') : key);
        assertThat(result.err()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost/saas",
                "jdbc:postgresql:saas",
                "jdbc:postgresql://[::1]:5432/saas",
                "jdbc:postgresql://one:5432,two:5433/saas?targetServerType=primary",
                "jdbc:postgresql://localhost:65535/saas?options=-c%20a=b:c"
            })
    void aRightAddressIsLetPass(String url) {
        org.springframework.mock.env.MockEnvironment environment = new org.springframework.mock.env.MockEnvironment();
        environment.setProperty("spring.datasource.url", url);

        new io.creditrollover.config.DatabaseUrlCheck().check(environment);

        assertThat(environment.getProperty("spring.datasource.url")).isEqualTo(url);
    }

    @Test
    void aMalformedJsonOfSettingsLeavesStandardOutputToTheAnswer() throws Exception {
        try (ProductProcess process = ProductProcess.start(
                DATABASE, Map.of("SPRING_APPLICATION_JSON", "{\"rollover\": nonsense"), "status", "--json")) {
            assertThat(process.await()).as(process.err()).isEqualTo(78);
            assertThat(process.out().lines()).hasSize(1);
            JsonNode answer = JsonMapper.shared().readTree(process.out());
            assertThat(answer.path("error").asString()).contains("SPRING_APPLICATION_JSON", "line 1");
            assertThat(process.err()).doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLANS", "PLANS_MONTHLY", "NOTIFICATION_EMAIL", "ADMIN", "ZONE", "HOST", "SCHEMA", "X_9"})
    void theLinksOfAServiceAreNoKeys(String service) {
        Map<String, String> variables = new LinkedHashMap<>(connection());
        String prefix = "ROLLOVER_" + service;
        variables.put(prefix + "_SERVICE_HOST", "10.0.0.1");
        variables.put(prefix + "_SERVICE_PORT", "80");
        variables.put(prefix + "_SERVICE_PORT_HTTP", "80");
        variables.put(prefix + "_PORT", "tcp://10.0.0.1:80");
        variables.put(prefix + "_PORT_80_TCP", "tcp://10.0.0.1:80");
        variables.put(prefix + "_PORT_80_TCP_ADDR", "10.0.0.1");

        Cli.Result result = Cli.withVariables(variables).run("status");

        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void aPasswordMayHoldAPlaceholder() {
        String password = "a${HOME}b${x:y}c\\${d}$e${";
        Map<String, String> variables = new LinkedHashMap<>(connection());
        List<String> keys = List.of(
                "spring.datasource.password",
                "spring.flyway.password",
                "spring.mail.password",
                "rollover.admin.password",
                "rollover.admin.viewer-password");
        keys.forEach(key -> variables.put(
                key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace("-", ""), password));
        variables.put("HOME", "/root");

        try (ConfigurableApplicationContext started =
                OtherStarters.inEnvironment(variables).start()) {
            ConfigurableEnvironment environment = started.getEnvironment();
            for (String key : keys) {
                assertThat(Binder.get(environment).bind(key, String.class).get())
                        .as(key)
                        .isEqualTo(password);
                assertThat(environment.getProperty(key)).as(key).isEqualTo(password);
            }
        }
    }

    @Test
    void anUnknownHostAndAServerWithoutTlsHaveASentenceEach() {
        Cli.Result host = Cli.with(
                        "spring.datasource.url=jdbc:postgresql://no-such-host.invalid/saas",
                        "spring.datasource.username=nobody",
                        "spring.datasource.hikari.connection-timeout=250")
                .run("status", "--json");
        Cli.Result tls = Cli.with(
                        "spring.datasource.url=" + DATABASE.url() + "?sslmode=require",
                        "spring.datasource.username=" + TestDatabase.USERNAME,
                        "spring.datasource.hikari.connection-timeout=250")
                .run("status", "--json");

        assertThat(host.exitCode()).as(host.err()).isEqualTo(75);
        assertThat(host.json().path("error").asString()).contains("cannot be resolved", "no-such-host.invalid");
        assertThat(tls.exitCode()).as(tls.err()).isEqualTo(78);
        assertThat(tls.json().path("error").asString()).contains("TLS", "sslmode");
    }

    @Test
    void whatEndsByForceHasAnsweredToo() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        HostFixture.in(database).aLapsedUser();
        database.execute(
                "create function sleeps() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return new; end $$",
                "create trigger sleeps before insert on credit_rollover_events for each row execute function sleeps()");
        try (ProductProcess process = ProductProcess.start(
                database, Map.of("ROLLOVER_LEASE_DURATION", "PT600S"), "run", "--approve=a test", "--json")) {
            io.creditrollover.Obstacles.in(database)
                    .await("select exists (select from pg_stat_activity where wait_event = 'PgSleep'"
                            + " and datname = current_database())");
            process.terminate();

            assertThat(process.await()).isEqualTo(75);
            assertThat(process.out().lines()).hasSize(1);
            assertThat(JsonMapper.shared().readTree(process.out()).path("error").asString())
                    .contains("by force");
        }
    }

    private static Map<String, String> connection() {
        return Map.of("SPRING_DATASOURCE_URL", DATABASE.url(), "SPRING_DATASOURCE_USERNAME", TestDatabase.USERNAME);
    }
}
