package io.creditrollover.notify;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Binds each {@link RunMetric} to every registry. Values are NaN while the database is unreachable. */
@Component
public class RunMetrics implements MeterBinder {
    private static final Logger log = LoggerFactory.getLogger(RunMetrics.class);

    private final RunMetricsSnapshotProvider readings;

    RunMetrics(RunMetricsSnapshotProvider readings) {
        this.readings = readings;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (RunMetric metric : RunMetric.values()) {
            Gauge.builder(metric.gauge(), () -> value(metric))
                    .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
                    .description(metric.meaning())
                    .strongReference(true)
                    .register(registry);
        }
    }

    private double value(RunMetric metric) {
        try {
            return metric.of(readings.now());
        } catch (RuntimeException unreadable) {
            log.warn("{} cannot be read: {}", metric.gauge(), unreadable.toString());
            return Double.NaN;
        }
    }
}
