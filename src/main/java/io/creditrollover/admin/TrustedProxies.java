package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import jakarta.servlet.Filter;
import java.util.List;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
class TrustedProxies {
    /** After the thread is marked, before sessions and logins. */
    private static final int BODIES_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    /** Ignores forwarding headers of untrusted senders. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardedAddresses(RolloverProperties properties) {
        List<String> trusted = properties.admin().trustedProxies();
        return factory -> {
            if (!trusted.isEmpty()) {
                RemoteIpValve valve = new RemoteIpValve();
                valve.setInternalProxies(String.join(",", trusted));
                valve.setRemoteIpHeader("X-Forwarded-For");
                valve.setProtocolHeader("X-Forwarded-Proto");
                valve.setHostHeader("X-Forwarded-Host");
                valve.setPortHeader("X-Forwarded-Port");
                factory.addEngineValves(valve);
            }
        };
    }

    @Bean
    FilterRegistrationBean<Filter> boundedBodies() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new RequestBodies());
        registration.setOrder(BODIES_ORDER);
        registration.setAsyncSupported(true);
        return registration;
    }
}
