package io.creditrollover.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.push.PushMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.micrometer.metrics.export.prometheus.PrometheusPushGatewayManager;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Lets a short-lived command push its metrics where Spring's own properties say so, for example
 * {@code management.prometheus.metrics.export.pushgateway.enabled}: beans are made when they are first used, and these
 * nobody else uses. The push itself happens when the application is closed; it never changes how a command ends.
 */
@Component
public class MetricsPush {
    private static final Logger log = LoggerFactory.getLogger(MetricsPush.class);

    private final ApplicationContext application;

    MetricsPush(ApplicationContext application) {
        this.application = application;
    }

    /** Makes what pushes at the end, if anything is to push. */
    public void prepare() {
        try {
            boolean pushes = application.getBeanNamesForType(PushMeterRegistry.class, false, false).length > 0
                    || application.getBeanNamesForType(PrometheusPushGatewayManager.class, false, false).length > 0;
            if (pushes) {
                application.getBeansOfType(MeterRegistry.class);
                application.getBeansOfType(PrometheusPushGatewayManager.class);
            }
        } catch (RuntimeException unpushed) {
            log.warn("Metrics are not pushed: {}", unpushed.toString());
        }
    }
}
