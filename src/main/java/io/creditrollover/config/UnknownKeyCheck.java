package io.creditrollover.config;

import java.util.Locale;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Rejects unknown {@code rollover.*} keys. Spring ignores a misspelt environment variable, so
 * {@code ROLLOVER_DRY_RUM=true} would start a live run.
 */
public final class UnknownKeyCheck {
    private final KnownKeys known = new KnownKeys();

    /** Rejects an unknown key of any source, and names the nearest known one. */
    public void check(ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    check(name, source.getName());
                }
            }
        }
    }

    private void check(String name, String source) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean variable = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source);
        if (variable && lower.startsWith("rollover_") && !known.acceptsVariable(name)) {
            throw unknown("environment variable " + name, known.nearest(name));
        }
        if (lower.startsWith("rollover.") && !known.acceptsProperty(name)) {
            throw unknown("key " + name, known.nearest(name));
        }
    }

    private static InvalidSettingException unknown(String what, String nearest) {
        return new InvalidSettingException("The " + what + " is unknown; did you mean " + nearest + " ("
                + nearest.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') + ")?");
    }
}
