package io.creditrollover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Endpoints come from variables too; what is wrong is said without the URL and without the secret. */
class WebhookPropertiesTest {
    private static final String SECRET = "whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=";
    private static final String SHORT = "whsec_c2hvcnQ=";

    @ParameterizedTest
    @ValueSource(strings = {"ROLLOVER_WEBHOOKS_CRM_ALLOWPRIVATE", "ROLLOVER_WEBHOOKS_CRM_ALLOW_PRIVATE"})
    void bindsAnEndpointFromEitherSpellingOfAVariable(String variable) {
        WebhookProperties properties = bind(Map.of(
                "ROLLOVER_WEBHOOKS_CRM_URL",
                "https://example.com/hook",
                "ROLLOVER_WEBHOOKS_CRM_SECRET",
                SECRET + "," + SECRET,
                "ROLLOVER_WEBHOOKS_CRM_TYPES",
                "rollover.decisions, rollover.run.failed",
                variable,
                "true"));

        WebhookProperties.Webhook crm = properties.webhooks().get("crm");
        assertThat(crm).isNotNull();
        assertThat(crm.secret()).containsExactly(SECRET, SECRET);
        assertThat(crm.types()).containsExactly("rollover.decisions", "rollover.run.failed");
        assertThat(crm.allowPrivate()).isTrue();
        assertThat(properties.toString()).doesNotContain(SECRET, "example.com");
    }

    @Test
    void withoutSettingsThereIsNoEndpointAndNoChat() {
        assertThat(bind(Map.of()).webhooks()).isEmpty();
        assertThat(bind(Map.of()).alerts().chatUrl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/token", "http://10.0.0.1/token", "http://127.example.com/token",
                        "ftp://example.com/token",
                "https://user:token@example.com/", "https:///token", "example.com/token", "https://exa mple.com/token",
                "https://example.com/#token", "https://example.com:99999/token"
            })
    void aUrlThatDoesNotFitIsRefusedAndNotShown(String url) {
        assertRefused(Map.of("ROLLOVER_WEBHOOKS_CRM_URL", url), "rollover.webhooks.crm.url", "token");
        assertRefused(Map.of("ROLLOVER_ALERTS_CHAT_URL", url), "rollover.alerts.chat-url", "token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SHORT,
                "secret",
                "whsec_not/base-64",
                SECRET + "," + SECRET + "," + SECRET,
                SECRET + "," + SHORT,
                ""
            })
    void aSecretThatDoesNotFitIsRefusedAndNotShown(String secret) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("ROLLOVER_WEBHOOKS_CRM_URL", "https://example.com/");
        variables.put("ROLLOVER_WEBHOOKS_CRM_SECRET", secret);
        assertRefused(variables, "rollover.webhooks.crm.secret", SHORT);
    }

    private static void assertRefused(Map<String, Object> variables, String key, String secret) {
        assertThatThrownBy(() -> bind(variables))
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + " must ")
                .message()
                .doesNotContain(secret);
    }

    private static WebhookProperties bind(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("rollover", WebhookProperties.class);
    }
}
