package io.creditrollover.config;

import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Lets passwords in environment variables hold <code>${...}</code>, which Spring would resolve as a placeholder. Those in
 * files are resolved, since a file may well name a variable that has the password.
 */
public final class RawPasswords {
    private static final List<String> KEYS = List.of(
            "spring.datasource.password",
            "spring.flyway.password",
            "spring.mail.password",
            "rollover.admin.password",
            "rollover.admin.viewer-password");

    private RawPasswords() {}

    /** Gives Spring the passwords of the environment with their placeholders escaped, in the place of the variables. */
    public static void keep(ConfigurableEnvironment environment) {
        PropertySource<?> variables = environment.getPropertySources().get(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        Map<String, Object> escaped = new LinkedHashMap<>();
        for (String key : KEYS) {
            Object value = variables == null ? null : variables.getProperty(variable(key));
            if (value != null && value.toString().contains("${")) {
                escaped.put(key, value.toString().replace("${", "\\${"));
            }
        }
        if (!escaped.isEmpty()) {
            environment
                    .getPropertySources()
                    .addBefore(
                            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new MapPropertySource("raw passwords", escaped));
        }
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
    }
}
