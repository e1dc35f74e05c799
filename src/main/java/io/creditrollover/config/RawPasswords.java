package io.creditrollover.config;

import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Allows <code>${...}</code> in passwords in environment variables; Spring would resolve it. Files may still refer to a
 * variable.
 */
public final class RawPasswords {
    private static final List<String> KEYS = List.of(
            "spring.datasource.password",
            "spring.flyway.password",
            "spring.mail.password",
            "rollover.admin.password",
            "rollover.admin.viewer-password");

    private static final String PREFIX = "${";
    private static final int MAX_BEGINNINGS = 10;

    private RawPasswords() {}

    /** Gives the escaped passwords precedence over the variables. */
    public static void keep(ConfigurableEnvironment environment) {
        PropertySource<?> variables = environment.getPropertySources().get(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        Map<String, Object> escaped = new LinkedHashMap<>();
        for (String key : KEYS) {
            Object value = variables == null ? null : value(variables, key);
            if (value != null && value.toString().contains(PREFIX)) {
                escaped.put(key, escaped(key, value.toString(), new PropertySourcesPlaceholdersResolver(environment)));
            }
        }
        if (!escaped.isEmpty()) {
            environment
                    .getPropertySources()
                    .addBefore(
                            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new MapPropertySource("raw passwords", escaped));
        }
    }

    /** Tries escapes until Spring resolves one to {@code raw}: only Spring knows its complete placeholders. */
    private static String escaped(String key, String raw, PlaceholdersResolver spring) {
        String[] parts = raw.split(Pattern.quote(PREFIX), -1);
        if (parts.length <= MAX_BEGINNINGS) {
            for (int escapes = (1 << (parts.length - 1)) - 1; escapes >= 0; escapes--) {
                String candidate = joined(parts, escapes);
                if (raw.equals(spring.resolvePlaceholders(candidate))) {
                    return candidate;
                }
            }
        }
        throw new InvalidSettingException(
                variable(key) + " contains ${ in a form that Spring would replace. Choose another password.");
    }

    private static String joined(String[] parts, int escapes) {
        StringBuilder joined = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            joined.append((escapes & (1 << (i - 1))) == 0 ? PREFIX : "\\" + PREFIX)
                    .append(parts[i]);
        }
        return joined.toString();
    }

    private static @Nullable Object value(PropertySource<?> variables, String key) {
        Object value = variables.getProperty(variable(key));
        return value != null ? value : variables.getProperty(variable(key.replace('-', '.')));
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
    }
}
