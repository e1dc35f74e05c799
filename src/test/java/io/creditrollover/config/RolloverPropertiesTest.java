package io.creditrollover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What is let pass as a key is also bound: a variable that is accepted and has no effect would be as bad as a typo. */
class RolloverPropertiesTest {
    @ParameterizedTest
    @ValueSource(strings = {"ROLLOVER_PLANS_GOLD_MAXCREDITS", "ROLLOVER_PLANS_GOLD_MAX_CREDITS"})
    void bindsAPlansTermsFromEitherSpellingOfAVariable(String variable) {
        RolloverProperties properties = bind(Map.of("ROLLOVER_PLANS_GOLD_ELIGIBLE", "true", variable, "7"));

        assertThat(properties.planTerms().get("gold").maxCredits()).isEqualTo(7);
        assertThat(properties.planTerms().get("gold").carryPercent()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLOVER_SAFETY_MAXDELAY", "ROLLOVER_SAFETY_MAX_DELAY"})
    void bindsALimitFromEitherSpellingOfAVariable(String variable) {
        assertThat(bind(Map.of(variable, "P9D")).safety().maxDelay()).hasDays(9);
    }

    @Test
    void defaultsAreThoseOfTheContract() {
        RolloverProperties properties = bind(Map.of());

        assertThat(properties.enabled()).isTrue();
        assertThat(properties.dryRun()).isFalse();
        assertThat(properties.zone()).hasToString("Asia/Kolkata");
        assertThat(properties.pendingGrace()).hasMinutes(15);
        assertThat(properties.lease().duration()).hasSeconds(60);
        assertThat(properties.safety().maxDelay()).hasDays(3);
        assertThat(properties.safety().maxExpiredFactor()).isEqualByComparingTo("2");
        assertThat(properties.safety().planTolerancePercent()).isEqualByComparingTo("1");
        assertThat(properties.safety().runTolerancePercent()).isEqualByComparingTo("5");
        assertThat(properties.safety().firstRun()).isEqualTo(RolloverProperties.FirstRun.REVIEW);
        assertThat(properties.backup().enabled()).isFalse();
        assertThat(properties.currency()).hasToString("INR");
        assertThat(properties.admin().baseUrl()).isNull();
    }

    @Test
    void anAddressOfTheConsoleIsOneThatAPersonCanOpen() {
        assertThat(bind(Map.of("ROLLOVER_ADMIN_BASEURL", "https://rollover.example.com/credits"))
                        .admin()
                        .baseUrl())
                .hasHost("rollover.example.com");
        for (String wrong : List.of("rollover.example.com", "ftp://rollover.example.com", "https:///runs")) {
            assertThatThrownBy(() -> bind(Map.of("ROLLOVER_ADMIN_BASEURL", wrong)))
                    .hasStackTraceContaining("rollover.admin.base-url must be an address such as https://");
        }
        for (String secret : List.of("https://olga:hush@example.com", "https://olga:hu@sh_@example.com?a=hush")) {
            assertThatThrownBy(() -> bind(Map.of("ROLLOVER_ADMIN_BASEURL", secret)))
                    .hasStackTraceContaining("not https://***@example.com")
                    .rootCause()
                    .message()
                    .doesNotContain("hush", "hu@sh");
        }
        assertThatThrownBy(() -> bind(Map.of("ROLLOVER_CURRENCY", "RUPEES")))
                .hasStackTraceContaining("rollover.currency");
    }

    /** A login does not tell them apart. */
    @Test
    void twoAccountsDifferInMoreThanCase() {
        assertThatThrownBy(() -> bind(
                        Map.of("ROLLOVER_ADMIN_USERNAME", "Viewer", "ROLLOVER_ADMIN_VIEWERPASSWORD", "not-a-secret")))
                .hasStackTraceContaining("rollover.admin.viewer-username must differ from the operator's name");
        assertThat(bind(Map.of("ROLLOVER_ADMIN_USERNAME", "Viewer")).admin().username())
                .as("without a viewer")
                .isEqualTo("Viewer");
    }

    private static RolloverProperties bind(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("rollover", RolloverProperties.class);
    }
}
