package io.creditrollover.cli;

import io.creditrollover.notify.ServeMonitor;
import io.creditrollover.webhook.WebhookLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/** Runs started here stop with it, after their current chunk. */
@Command(
        name = "serve",
        description = "Serves the admin API and the console until it is stopped.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final CommandRunner invocation;

    ServeCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.executeWithoutNotification(false, invocation.starter()::startWeb, application -> {
            LoggerFactory.getLogger(ServeCommand.class).info("Serving on port {}.", port(application));
            ServeMonitor watch = application.getBean(ServeMonitor.class);
            application.getBean(WebhookLoop.class).start(invocation.signal());
            while (!invocation.signal().pause(BETWEEN_LOOKS)) {
                watch.check(invocation.signal());
            }
            return CommandResult.done(Map.of(), "");
        });
    }

    private static int port(ConfigurableApplicationContext application) {
        return application instanceof ServletWebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : 0;
    }
}
