package io.creditrollover.demo;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The product as the demo serves it. Once it answers, address and password are said, as the last thing. */
@Import(DemoContext.class)
class DemoConsole {
    @Bean
    ApplicationListener<ApplicationReadyEvent> address() {
        return ready -> {
            if (ready.getApplicationContext() instanceof WebServerApplicationContext web
                    && web.getWebServer() != null) {
                System.err.printf(
                        "%n  The console:  http://127.0.0.1:%d%n  Log in as:    %s%n  Password:     %s%n%n",
                        web.getWebServer().getPort(),
                        web.getEnvironment().getProperty("rollover.admin.username", "admin"),
                        web.getEnvironment().getProperty("rollover.admin.password"));
            }
        };
    }
}
