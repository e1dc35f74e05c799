package io.creditrollover.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.push.PushMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.micrometer.metrics.export.prometheus.PrometheusPushGatewayManager;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Creates the lazy beans for Spring's metrics push, for example of
 * {@code management.prometheus.metrics.export.pushgateway.enabled}: no other code uses them. They push when the
 * application closes, without effect on the exit code.
 */
@Component
public class MetricsPush {
    private static final Logger log = LoggerFactory.getLogger(MetricsPush.class);

    private final ApplicationContext application;

    MetricsPush(ApplicationContext application) {
        this.application = application;
    }

    /** Creates the beans, if configured; never throws. */
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
