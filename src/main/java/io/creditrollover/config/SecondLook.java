package io.creditrollover.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The second look: until how long after its end a live run's expiries are decided again; zero for none. */
public record SecondLook(@DefaultValue("P7D") Duration window) {
    public SecondLook {
        SettingChecks.notNegative("rollover.second-look.window", window);
    }
}
