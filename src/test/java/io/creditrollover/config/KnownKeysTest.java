package io.creditrollover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every key there is, in each spelling in which it can be given; and nothing else. */
class KnownKeysTest {
    private final KnownKeys known = new KnownKeys();

    static List<String> keys() {
        return List.of(
                "rollover.enabled",
                "rollover.dry-run",
                "rollover.zone",
                "rollover.chunk-size",
                "rollover.partitions",
                "rollover.threads",
                "rollover.pending-grace",
                "rollover.row-busy-wait",
                "rollover.skip-limit",
                "rollover.notification-email",
                "rollover.lease.duration",
                "rollover.safety.max-payment-silence",
                "rollover.safety.max-delay",
                "rollover.safety.max-expired-users-percent",
                "rollover.safety.max-expired-credits-percent",
                "rollover.safety.max-expired-factor",
                "rollover.safety.plan-tolerance-percent",
                "rollover.retention.dry-runs",
                "rollover.retention.notices",
                "rollover.retention.audit",
                "rollover.backup.enabled",
                "rollover.backup.directory",
                "rollover.admin.username",
                "rollover.admin.password",
                "rollover.plans.monthly.eligible",
                "rollover.plans.power2.window",
                "rollover.plans.monthly.max-credits",
                "rollover.plans.monthly.carry-percent",
                "rollover.webhooks.crm.url",
                "rollover.webhooks.crm.secret",
                "rollover.webhooks.crm2.allow-private",
                "rollover.alerts.chat-url");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isKnownAsAPropertyAndInBothSpellingsOfAVariable(String key) {
        String variable = key.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
        assertThat(known.acceptsProperty(key)).isTrue();
        assertThat(known.acceptsProperty(key.replace("-", ""))).isTrue();
        assertThat(known.acceptsVariable(variable.replace("-", ""))).isTrue();
        assertThat(known.acceptsVariable(variable.replace('-', '_'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rollover.notification-email[0]",
                "rollover.plans[gift card].eligible",
                "rollover.plans.[pro-annual].max-credits",
                "rollover.webhooks.my-crm.secret[1]",
            })
    void listsAndBracketsAreProperties(String key) {
        assertThat(known.acceptsProperty(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLOVER_SERVICE_HOST",
                "ROLLOVER_SERVICE_PORT",
                "ROLLOVER_SERVICE_PORT_HTTP",
                "ROLLOVER_ADMIN_SERVICE_HOST",
                "ROLLOVER_ADMIN_SERVICE_PORT_HTTP",
                "ROLLOVER_PORT",
                "ROLLOVER_PORT_8080_TCP",
                "ROLLOVER_PORT_8080_TCP_PROTO",
                "ROLLOVER_PORT_8080_TCP_PORT",
                "ROLLOVER_PORT_8080_TCP_ADDR",
                "ROLLOVER_ADMIN_PORT_8080_TCP_ADDR",
            })
    void whatKubernetesMakesForAServiceIsLetPass(String variable) {
        assertThat(known.acceptsVariable(variable)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ROLLOVER_DRYRUNS, rollover.dry-run",
        "ROLLOVER_ENABLE, rollover.enabled",
        "ROLLOVER_CHUNKSIZ, rollover.chunk-size",
        "ROLLOVER_PLANS_GOLD_ELIGIBEL, rollover.plans.gold.eligible",
        "ROLLOVER_SAFETY_SKIP_LIMIT, rollover.skip-limit",
        "ROLLOVER_WEBHOOKS_CRM_SECRETS, rollover.webhooks.crm.secret",
    })
    void aTypoInAVariableIsRefusedNamingTheNearestKey(String variable, String nearest) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "true")));
        assertThatThrownBy(() -> new UnknownKeyCheck().check(environment))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(nearest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollover.safety", "rollover.plans"})
    void aGroupOfKeysIsNoKey(String key) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("a file", Map.of(key, "true")));
        assertThatThrownBy(() -> new UnknownKeyCheck().check(environment))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key);
    }

    @Test
    void keysOfOthersAreNobodysBusinessHere() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("a file", Map.of("rollovers.x", "1", "spring.rollover.y", "2")));
        assertThatCode(() -> new UnknownKeyCheck().check(environment)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "ROLLOVER_DRY_RUN, rollover.dry-run",
        "ROLLOVER_CHUNKSIZE, rollover.chunk-size",
        "ROLLOVER_SAFETY_MAX_DELAY, rollover.safety.max-delay",
        "ROLLOVER_PLANS_MONTHLY_MAX_CREDITS, rollover.plans.monthly.max-credits",
    })
    void aKnownVariableIsLetPass(String variable, String key) {
        assertThat(known.acceptsVariable(variable)).isTrue();
        assertThat(known.acceptsProperty(key)).isTrue();
    }
}
