package io.creditrollover.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The console. {@code forecastAge} is how long all viewers are shown one forecast. */
public record ConsoleSettings(@DefaultValue("PT10M") Duration forecastAge) {
    public ConsoleSettings {
        SettingChecks.of("rollover.console.forecast-age", forecastAge, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
