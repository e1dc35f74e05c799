package io.creditrollover.config;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys {@code rollover.retention.*}: the age at which rows are deleted, in calendar periods of the business zone.
 *
 * @param dryRuns decisions of dry runs; the totals remain
 * @param notices notices and delivered mails
 * @param audit entries of the audit
 */
@ConfigurationProperties("rollover.retention")
public record RetentionProperties(
        @DefaultValue("P90D") Period dryRuns,
        @DefaultValue("P400D") Period notices,
        @DefaultValue("P3Y") Period audit) {
    public RetentionProperties {
        SettingChecks.retention("rollover.retention.dry-runs", dryRuns);
        SettingChecks.retention("rollover.retention.notices", notices);
        SettingChecks.retention("rollover.retention.audit", audit);
    }
}
