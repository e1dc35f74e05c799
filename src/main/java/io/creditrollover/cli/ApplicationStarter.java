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

    ApplicationStarter(Class<?> application) {
        this.application = application;
    }

    ConfigurableApplicationContext start() {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .registerShutdownHook(false)
                .initializers(starting -> new UnknownKeyCheck().check(starting.getEnvironment()))
                .run();
        context.getBean(RolloverProperties.class);
        return context;
    }
}
