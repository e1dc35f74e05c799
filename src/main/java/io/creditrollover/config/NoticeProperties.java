package io.creditrollover.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys {@code rollover.notices.*}: what users are told.
 *
 * @param enabled whether {@code notify} does anything
 * @param ahead how long before the cut-off users are told; each once
 * @param quiet hours without notices, in the business zone; empty for none
 * @param required whether an expiry needs an accepted notice
 * @param minLead the minimum time from the acceptance of such a notice to the cut-off
 * @param templates directory with files that replace the mail templates; null for none
 * @param optOut a column of {@code users}: users with true, or with a date, get no notice; null for none
 */
@ConfigurationProperties("rollover.notices")
public record NoticeProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue({"P7D", "P1D"}) List<Duration> ahead,
        @DefaultValue("21:00-10:00") String quiet,
        @DefaultValue("false") boolean required,
        @DefaultValue("PT12H") Duration minLead,
        @Nullable Path templates,
        @Nullable String optOut,
        @DefaultValue Mail mail) {
    private static final String KEY = "rollover.notices.";
    private static final Duration MAX_AHEAD = Duration.ofDays(60);

    public NoticeProperties {
        if (ahead.isEmpty()) {
            throw SettingChecks.wrong(KEY + "ahead", "must not be empty");
        }
        ahead.forEach(lead -> SettingChecks.of(KEY + "ahead", lead, Duration.ofMinutes(1), MAX_AHEAD));
        SettingChecks.of(KEY + "min-lead", minLead, Duration.ZERO, MAX_AHEAD);
        SettingChecks.name(KEY + "opt-out", optOut == null ? "none" : optOut);
        QuietHours.parse(KEY + "quiet", quiet);
        if (templates != null && !Files.isDirectory(templates)) {
            throw SettingChecks.wrong(KEY + "templates", "must be an existing directory, not " + templates);
        }
        if (required && !enabled) {
            throw SettingChecks.wrong(KEY + "required", "needs rollover.notices.enabled=true");
        }
        if (required && ahead.stream().noneMatch(lead -> lead.compareTo(minLead) >= 0)) {
            throw SettingChecks.wrong(
                    KEY + "min-lead",
                    "must be at most the longest time of rollover.notices.ahead, so that a notice can be in time, not "
                            + minLead);
        }
    }

    /** Returns null for none. */
    public @Nullable QuietHours quietHours() {
        return QuietHours.parse(KEY + "quiet", quiet);
    }

    /**
     * The mail to users.
     *
     * @param address the column with the address: {@code users.COLUMN}, {@code payments.COLUMN} of the latest payment,
     *     or a column of users; null for no mail
     * @param unsubscribe a link or mail address for {@code List-Unsubscribe}; null for none
     * @param perSecond maximum of mails in a second
     */
    public record Mail(
            @Nullable String address,
            @Nullable String unsubscribe,
            @DefaultValue("20") int perSecond) {
        public Mail {
            SettingChecks.of(KEY + "mail.per-second", perSecond, 1, 1_000);
            SettingChecks.name(KEY + "mail.address", address == null ? "none" : address);
            if (unsubscribe != null && !unsubscribe.matches("(https?://|mailto:)[!-;=?-~]+")) {
                throw SettingChecks.wrong(
                        KEY + "mail.unsubscribe", "must be an http, https or mailto link, not " + unsubscribe);
            }
        }
    }
}
