package io.creditrollover.cli;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.config.UnknownKeyCheck;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application for a batch command: no web, beans when they are first used, unknown keys refused. */
final class ApplicationStarter {
    private final Class<?> application;
    private final String[] settings;

    /** {@code settings}, each {@code --key=value}, go before the environment and the files; a process has none. */
    ApplicationStarter(Class<?> application, String... settings) {
        this.application = application;
        this.settings = settings;
    }

    ConfigurableApplicationContext start() {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .registerShutdownHook(false)
                .initializers(starting -> new UnknownKeyCheck().check(starting.getEnvironment()))
                .run(settings);
        context.getBean(RolloverProperties.class);
        return context;
    }
}
