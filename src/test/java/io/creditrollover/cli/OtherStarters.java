package io.creditrollover.cli;

import io.creditrollover.CreditRolloverApplication;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The application started in ways that a test needs and a process does not. */
final class OtherStarters {
    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private OtherStarters() {}

    /** Starts it with the first command and closes it for none. */
    static ApplicationStarter startedOnce(ApplicationStarter starter) {
        // The database may be replaced by another of its name between two commands, so the pool tries each connection.
        // It
        // is made by the first command.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
        ConfigurableApplicationContext started = starter.start();
        Object lent = Proxy.newProxyInstance(
                OtherStarters.class.getClassLoader(),
                new Class<?>[] {ConfigurableApplicationContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(started, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        return new ApplicationStarter(CreditRolloverApplication.class) {
            @Override
            ConfigurableApplicationContext start() {
                return (ConfigurableApplicationContext) lent;
            }
        };
    }

    static ApplicationStarter inEnvironment(Map<String, String> variables, String... settings) {
        return new ApplicationStarter(CreditRolloverApplication.class, settings) {
            @Override
            SpringApplicationBuilder builder() {
                StandardEnvironment environment = new StandardEnvironment();
                environment
                        .getPropertySources()
                        .replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, Map.copyOf(variables)));
                return super.builder().environment(environment);
            }
        };
    }
}
