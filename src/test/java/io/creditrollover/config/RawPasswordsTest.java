package io.creditrollover.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A password is what the variable says, letter for letter. */
class RawPasswordsTest {
    private static RolloverProperties.Admin bound(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        ConfigurationPropertySources.attach(environment);
        RawPasswords.keep(environment);
        return Binder.get(environment)
                .bindOrCreate("rollover", RolloverProperties.class)
                .admin();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${HOME}",
                "a${b",
                "${}",
                "x${nobody:else}y",
                "\\${HOME}",
                "$${HOME}}",
                "a\\b",
                "plain",
                "#{1 + 1}",
                "${${a}}"
            })
    void comesAsItIs(String password) {
        assertThat(bound(Map.of("ROLLOVER_ADMIN_PASSWORD", password, "ROLLOVER_ADMIN_VIEWERPASSWORD", password)))
                .returns(password, RolloverProperties.Admin::password)
                .returns(password, RolloverProperties.Admin::viewerPassword);
    }

    @Test
    void otherVariablesMayStillReferToEachOther() {
        assertThat(bound(Map.of("ROLLOVER_ADMIN_USERNAME", "${WHO}", "WHO", "olga"))
                        .username())
                .isEqualTo("olga");
    }
}
