package io.creditrollover.cli;

import io.creditrollover.config.DatabaseUrlCheck;
import io.creditrollover.config.NoticeProperties;
import io.creditrollover.config.RawPasswords;
import io.creditrollover.config.RetentionProperties;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.config.ServiceLinks;
import io.creditrollover.config.UnknownKeyCheck;
import io.creditrollover.config.WebhookProperties;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts the application, for batch commands without web and with lazy beans. Not final: tests start it in another
 * environment.
 */
class ApplicationStarter {
    /** Both would create the meter registry, and all that it measures, in each command. */
    private static final String UNUSED_BY_COMMANDS =
            "org.springframework.boot.micrometer.metrics.autoconfigure.startup.StartupTimeMetricsListenerAutoConfiguration,"
                    + "org.springframework.boot.micrometer.metrics.autoconfigure.task.TaskExecutorMetricsAutoConfiguration";

    private final Class<?> application;
    private final String[] settings;

    /** {@code settings}, each {@code --key=value}, override environment and files. */
    ApplicationStarter(Class<?> application, String... settings) {
        this.application = application;
        this.settings = settings;
    }

    ConfigurableApplicationContext start() {
        JsonSettings.check(settings);
        return builder()
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .properties(
                        "management.endpoint.health.access=none", "spring.autoconfigure.exclude=" + UNUSED_BY_COMMANDS)
                .run(settings);
    }

    /** Creates all beans at the start, so errors show before the first request. */
    ConfigurableApplicationContext startWeb() {
        JsonSettings.check(settings);
        return builder().web(WebApplicationType.SERVLET).run(settings);
    }

    /** Rejects unknown and invalid keys before any bean is created. */
    private static void check(ConfigurableEnvironment environment) {
        ServiceLinks.hide(environment);
        RawPasswords.keep(environment);
        new UnknownKeyCheck().check(environment);
        new DatabaseUrlCheck().check(environment);
        Binder.get(environment).bindOrCreate("rollover", RolloverProperties.class);
        Binder.get(environment).bindOrCreate("rollover", WebhookProperties.class);
        Binder.get(environment).bindOrCreate("rollover.retention", RetentionProperties.class);
        Binder.get(environment).bindOrCreate("rollover.notices", NoticeProperties.class);
    }

    SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(application)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(starting -> check(starting.getEnvironment()));
    }
}
