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

    /** As a process starts it, but for what was read by starts before it. */
    static ApplicationStarter quick(String... settings) {
        return new ApplicationStarter(CreditRolloverApplication.class, settings) {
            @Override
            SpringApplicationBuilder builder() {
                return super.builder().initializers(ClassFileCache::share);
            }
        };
    }

    /** Starts it, lends it to each command and closes it for none. */
    static StartedOnce startedOnce(ApplicationStarter starter) {
        // The database may be replaced by another of its name between two commands, so the pool tries each connection.
        // It
        // is made by the first command.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
        return new StartedOnce(starter.start());
    }

    static final class StartedOnce extends ApplicationStarter {
        private final ConfigurableApplicationContext started;
        private final ConfigurableApplicationContext lent;

        private StartedOnce(ConfigurableApplicationContext started) {
            super(CreditRolloverApplication.class);
            this.started = started;
            this.lent = (ConfigurableApplicationContext) Proxy.newProxyInstance(
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
        }

        @Override
        ConfigurableApplicationContext start() {
            return lent;
        }

        void end() {
            started.close();
        }
    }

    static ApplicationStarter inEnvironment(Map<String, String> variables, String... settings) {
        return new ApplicationStarter(CreditRolloverApplication.class, settings) {
            @Override
            SpringApplicationBuilder builder() {
                StandardEnvironment environment = new StandardEnvironment();
                environment
                        .getPropertySources()
                        .replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, Map.copyOf(variables)));
                return super.builder().environment(environment).initializers(ClassFileCache::share);
            }
        };
    }
}
