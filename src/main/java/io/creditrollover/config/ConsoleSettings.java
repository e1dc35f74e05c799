package io.creditrollover.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The console.
 *
 * @param forecastAge how long all viewers are shown one forecast before it is computed again
 */
public record ConsoleSettings(@DefaultValue("PT10M") Duration forecastAge) {
    public ConsoleSettings {
        SettingChecks.of("rollover.console.forecast-age", forecastAge, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
