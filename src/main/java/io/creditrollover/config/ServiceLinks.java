package io.creditrollover.config;

import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Hides Kubernetes' service variables. For a service {@code rollover-plans} Spring would bind
 * {@code ROLLOVER_PLANS_SERVICE_HOST} as a plan type.
 */
public final class ServiceLinks {
    private ServiceLinks() {}

    public static void hide(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        PropertySource<?> variables = sources.get(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        if (variables instanceof EnumerablePropertySource<?> named && hasLinks(named)) {
            Map<String, Object> kept = new LinkedHashMap<>();
            for (String name : named.getPropertyNames()) {
                Object value = named.getProperty(name);
                if (!KnownKeys.isServiceLink(name) && value != null) {
                    kept.put(name, value);
                }
            }
            sources.replace(
                    SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, kept));
        }
    }

    private static boolean hasLinks(EnumerablePropertySource<?> variables) {
        for (String name : variables.getPropertyNames()) {
            if (KnownKeys.isServiceLink(name)) {
                return true;
            }
        }
        return false;
    }
}
