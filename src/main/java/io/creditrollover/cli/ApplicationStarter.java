package io.creditrollover.cli;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.config.UnknownKeyCheck;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the application. For a batch command: no web, beans when they are first used. Unknown keys are refused in either
 * case.
 */
final class ApplicationStarter {
    private final Class<?> application;
    private final String[] settings;

    /** {@code settings}, each {@code --key=value}, go before the environment and the files; a process has none. */
    ApplicationStarter(Class<?> application, String... settings) {
        this.application = application;
        this.settings = settings;
    }

    ConfigurableApplicationContext start() {
        ConfigurableApplicationContext context =
                builder().web(WebApplicationType.NONE).lazyInitialization(true).run(settings);
        context.getBean(RolloverProperties.class);
        return context;
    }

    /** Starts the web application: everything at once, so that what is wrong shows before the first request. */
    ConfigurableApplicationContext startWeb() {
        return builder().web(WebApplicationType.SERVLET).run(settings);
    }

    private SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(application)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(starting -> new UnknownKeyCheck().check(starting.getEnvironment()));
    }
}
