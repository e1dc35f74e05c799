package io.creditrollover.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes the console's passwords from environment variables as they are. Spring would replace what looks like
 * <code>${…}</code> in them, or refuse to start.
 */
public final class RawPasswords {
    private static final Set<String> VARIABLES =
            Set.of("ROLLOVER_ADMIN_PASSWORD", "ROLLOVER_ADMIN_VIEWERPASSWORD", "ROLLOVER_ADMIN_VIEWER_PASSWORD");
    private static final String PLACEHOLDER = "${";
    private static final String ESCAPED = "\\${";

    private RawPasswords() {}

    /** What no brace ends is no placeholder, and Spring would keep the escape. */
    private static String escaped(String value) {
        int end = value.lastIndexOf('}') + 1;
        return value.substring(0, end).replace(PLACEHOLDER, ESCAPED) + value.substring(end);
    }

    /** Escapes placeholders in these variables, so that Spring reads them as text. */
    public static void in(ConfigurableEnvironment environment) {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        PropertySource<?> variables = environment.getPropertySources().get(name);
        if (variables == null || !(variables.getSource() instanceof Map<?, ?> source)) {
            return;
        }
        Map<String, Object> escaped = new HashMap<>();
        source.forEach((key, value) -> escaped.put(String.valueOf(key), value));
        escaped.replaceAll((key, value) -> VARIABLES.contains(key) ? escaped(String.valueOf(value)) : value);
        if (!escaped.equals(source)) {
            environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, escaped));
        }
    }
}
