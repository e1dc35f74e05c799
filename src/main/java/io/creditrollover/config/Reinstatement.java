package io.creditrollover.config;

import java.time.Period;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Forgiveness of late renewals, within a calendar period after the cut-off; zero for none. */
public record Reinstatement(@DefaultValue("P0D") Period window) {
    public Reinstatement {
        SettingChecks.window("rollover.reinstatement.window", window);
        if (window.isNegative()) {
            throw SettingChecks.wrong("rollover.reinstatement.window", "must not be negative, and is " + window);
        }
    }
}
