package io.creditrollover.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Manager and workers in separate processes.
 *
 * @param waitForRun how long an idle worker waits for a run
 * @param waitForWorkers how long a manager continues without a worker
 */
public record Remote(
        @DefaultValue("PT10M") Duration waitForRun,
        @DefaultValue("PT10M") Duration waitForWorkers) {
    public Remote {
        SettingChecks.notNegative("rollover.remote.wait-for-run", waitForRun);
        SettingChecks.notNegative("rollover.remote.wait-for-workers", waitForWorkers);
    }
}
