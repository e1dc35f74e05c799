package io.creditrollover.cli;

import io.creditrollover.config.DatabaseUrlCheck;
import io.creditrollover.config.RawPasswords;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.config.UnknownKeyCheck;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts the application. For a batch command: no web, beans when they are first used. Keys that are unknown or wrong are refused in either
 * case. Not final for the tests' sake, which start it in another environment.
 */
class ApplicationStarter {
    private final Class<?> application;
    private final String[] settings;

    /** {@code settings}, each {@code --key=value}, go before the environment and the files; a process has none. */
    ApplicationStarter(Class<?> application, String... settings) {
        this.application = application;
        this.settings = settings;
    }

    ConfigurableApplicationContext start() {
        return builder()
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .properties("management.endpoint.health.access=none")
                .run(settings);
    }

    /** Starts the web application: everything at once, so that what is wrong shows before the first request. */
    ConfigurableApplicationContext startWeb() {
        return builder().web(WebApplicationType.SERVLET).run(settings);
    }

    /** Before anything is made, so that a wrong key costs no more than the reading of the configuration. */
    private static void check(ConfigurableEnvironment environment) {
        RawPasswords.in(environment);
        new UnknownKeyCheck().check(environment);
        new DatabaseUrlCheck().check(environment);
        Binder.get(environment).bindOrCreate("rollover", RolloverProperties.class);
    }

    SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(application)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(starting -> check(starting.getEnvironment()));
    }
}
