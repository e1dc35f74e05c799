package io.creditrollover.config;

import io.creditrollover.decision.PlanTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;

/**
 * The keys {@code rollover.*}. A value out of range is refused at startup, with its key.
 *
 * @param enabled whether {@code run} does anything
 * @param dryRun whether every run is a dry run
 * @param zone the business zone, for the beginning of months
 * @param currency ISO 4217 code of the host's amounts, which are in its hundredths
 * @param plans the terms of each configured plan type
 * @param chunkSize users in one transaction
 * @param partitions minimum per run; large ones are split further; fixed at its start
 * @param threads partitions at a time; 0 for the number of processors
 * @param pendingGrace the time in which a pending payment may still be paid
 * @param rowBusyWait how long each sweep waits for locked user rows
 * @param skipLimit maximum of skipped users; more block a run; null for the greater of 100 and 1% of users
 * @param overdueAfter the time after the cut-off until an incomplete month is overdue
 * @param notificationEmail recipients of the summary mail; may be empty
 */
@ConfigurationProperties("rollover")
public record RolloverProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean dryRun,
        @DefaultValue("Asia/Kolkata") ZoneId zone,
        @DefaultValue("INR") String currency,
        @DefaultValue Map<String, Plan> plans,
        @DefaultValue("1000") int chunkSize,
        @DefaultValue("8") int partitions,
        @DefaultValue("0") int threads,
        @DefaultValue("PT15M") Duration pendingGrace,
        @DefaultValue("PT10S") Duration rowBusyWait,
        @Nullable Integer skipLimit,
        @DefaultValue("PT6H") Duration overdueAfter,
        @DefaultValue List<String> notificationEmail,
        @DefaultValue Lease lease,
        @DefaultValue Safety safety,
        @DefaultValue Backup backup,
        @DefaultValue Admin admin,
        @DefaultValue ConsoleSettings console,
        @DefaultValue Schedule schedule,
        @DefaultValue Remote remote,
        @DefaultValue Host host,
        @Nullable String schema,
        @DefaultValue SecondLook secondLook,
        @DefaultValue Reinstatement reinstatement) {

    public RolloverProperties {
        SettingChecks.of("rollover.chunk-size", chunkSize, 1, 100_000);
        SettingChecks.of("rollover.partitions", partitions, 1, 1_000);
        SettingChecks.of("rollover.threads", threads, 0, 256);
        SettingChecks.currency("rollover.currency", currency);
        Map.of("pending-grace", pendingGrace, "row-busy-wait", rowBusyWait, "overdue-after", overdueAfter)
                .forEach((key, value) -> SettingChecks.notNegative("rollover." + key, value));
        SettingChecks.of("rollover.skip-limit", skipLimit == null ? 0 : skipLimit, 0, Integer.MAX_VALUE);
        SettingChecks.name("rollover.schema", schema == null ? "public" : schema);
        notificationEmail.forEach(address -> SettingChecks.address("rollover.notification-email", address));
        plans.forEach((planType, plan) -> plan.check(planType));
    }

    /** Returns the number of partitions at a time, at least 1. */
    public int effectiveThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** Returns the configured terms by plan type, in the order of the configuration. */
    public Map<String, PlanTerms> planTerms() {
        Map<String, PlanTerms> terms = new LinkedHashMap<>();
        plans.forEach((planType, plan) -> terms.put(planType, plan.terms(planType)));
        return terms;
    }

    /**
     * Returns default terms of plan types without a configuration. Not in a file, because Spring would merge them with
     * a host's {@code MONTHLY}.
     */
    public Map<String, PlanTerms> defaultPlanTerms() {
        Map<String, PlanTerms> terms = new LinkedHashMap<>();
        Plan.ELIGIBLE_BY_DEFAULT.stream()
                .filter(planType -> !plans.containsKey(planType))
                .forEach(planType -> terms.put(planType, new PlanTerms(true, java.time.Period.ofMonths(1), null, 100)));
        return terms;
    }

    /**
     * The terms of one plan type.
     *
     * @param eligible whether its payments let credits roll over; required except for monthly and power
     * @param window a calendar period such as {@code P1M}
     * @param maxCredits the cap; null for none
     * @param carryPercent 1 to 100
     */
    public record Plan(
            @Nullable Boolean eligible,
            @DefaultValue("P1M") String window,
            @Nullable Integer maxCredits,
            @DefaultValue("100") int carryPercent) {
        private static final List<String> ELIGIBLE_BY_DEFAULT = List.of("monthly", "power");

        void check(String planType) {
            String key = "rollover.plans." + planType;
            if (eligible == null && !ELIGIBLE_BY_DEFAULT.contains(planType)) {
                throw SettingChecks.wrong(key + ".eligible", "must be set to true or false");
            }
            try {
                SettingChecks.window(key + ".window", java.time.Period.parse(window));
                terms(planType);
            } catch (IllegalArgumentException wrong) {
                throw new InvalidSettingException(key + "." + wrong.getMessage() + ".");
            } catch (java.time.DateTimeException wrong) {
                throw SettingChecks.wrong(
                        key + ".window", "must be a calendar period such as P1M or P30D, not " + window);
            }
        }

        PlanTerms terms(String planType) {
            boolean isEligible = eligible == null ? ELIGIBLE_BY_DEFAULT.contains(planType) : eligible;
            return new PlanTerms(isEligible, java.time.Period.parse(window), maxCredits, carryPercent);
        }
    }

    /** The lease: one process works at a time. {@code duration} is its life without a renewal. */
    public record Lease(@DefaultValue("PT60S") Duration duration) {
        public Lease {
            SettingChecks.of("rollover.lease.duration", duration, Duration.ofSeconds(1), Duration.ofHours(12));
        }
    }

    public enum FirstRun {
        /** The first live run needs an approval or a plan. */
        REVIEW,
        ALLOW
    }

    /**
     * The limits to stop a live run before its first write.
     *
     * @param maxPaymentSilence maximum age of the newest paid payment; null for the greater of P3D and three times the
     *     longest gap of the 90 days before the silence
     * @param maxDelay maximum time from the cut-off to the start
     * @param maxExpiredUsersPercent maximum percentage of users to expire; null for no limit
     * @param maxExpiredCreditsPercent maximum percentage of credits to expire; null for no limit
     * @param maxExpiredFactor maximum expired percentage, as a multiple of the mean of earlier runs
     * @param planTolerancePercent maximum deviation from the totals of the plan
     * @param runTolerancePercent maximum of expired users above the forecast, in percent of it
     * @param firstRun whether a person reviews the first live run
     * @param maxOrphanedPayments maximum of paid payments without a user; null for the skip limit
     */
    public record Safety(
            @Nullable Duration maxPaymentSilence,
            @DefaultValue("P3D") Duration maxDelay,
            @Nullable BigDecimal maxExpiredUsersPercent,
            @Nullable BigDecimal maxExpiredCreditsPercent,
            @DefaultValue("2") BigDecimal maxExpiredFactor,
            @DefaultValue("1") BigDecimal planTolerancePercent,
            @DefaultValue("5") BigDecimal runTolerancePercent,
            @DefaultValue("review") FirstRun firstRun,
            @Nullable Long maxOrphanedPayments) {
        public Safety {
            String key = "rollover.safety.";
            if (maxPaymentSilence != null) {
                SettingChecks.notNegative(key + "max-payment-silence", maxPaymentSilence);
            }
            SettingChecks.notNegative(key + "max-delay", maxDelay);
            SettingChecks.percent(key + "max-expired-users-percent", maxExpiredUsersPercent);
            SettingChecks.percent(key + "max-expired-credits-percent", maxExpiredCreditsPercent);
            SettingChecks.percent(key + "plan-tolerance-percent", planTolerancePercent);
            SettingChecks.percent(key + "run-tolerance-percent", runTolerancePercent);
            if (maxOrphanedPayments != null && maxOrphanedPayments < 0) {
                throw SettingChecks.wrong(
                        key + "max-orphaned-payments", "must be 0 or more, not " + maxOrphanedPayments);
            }
            if (maxExpiredFactor.compareTo(BigDecimal.ONE) < 0) {
                throw SettingChecks.wrong(key + "max-expired-factor", "must be 1 or more, not " + maxExpiredFactor);
            }
        }
    }

    /**
     * The backup before the first write of a run.
     *
     * @param enabled whether one is made
     * @param directory required if enabled
     * @param retention maximum age of finished backups; older ones are removed after the next backup
     * @param timeout maximum time for one backup
     * @param pgDump null for the one on the PATH
     */
    public record Backup(
            @DefaultValue("false") boolean enabled,
            java.nio.file.@Nullable Path directory,
            @DefaultValue("P400D") Duration retention,
            @DefaultValue("PT30M") Duration timeout,
            @Nullable String pgDump) {
        public Backup {
            SettingChecks.atLeast("rollover.backup.retention", retention, Duration.ofDays(1));
            SettingChecks.atLeast("rollover.backup.timeout", timeout, Duration.ofSeconds(1));
            if (enabled && directory == null) {
                throw SettingChecks.wrong(
                        "rollover.backup.directory", "is required while rollover.backup.enabled is true");
            }
        }
    }

    /**
     * Access to the admin API and the console. A password is plain text or a bcrypt hash.
     *
     * @param username of the operator, with all rights
     * @param password of the operator; null for none: {@code serve} then starts only on loopback or with OIDC
     * @param viewerUsername of the viewer, with read access
     * @param viewerPassword null for no viewer
     * @param trustedProxies addresses or networks (CIDR) with trusted X-Forwarded headers; empty for none
     * @param baseUrl where people open the console, for links in mails; null for no links
     */
    public record Admin(
            @DefaultValue("admin") String username,
            @Nullable String password,
            @DefaultValue("viewer") String viewerUsername,
            @Nullable String viewerPassword,
            @DefaultValue List<String> trustedProxies,
            java.net.@Nullable URI baseUrl) {
        public Admin {
            SettingChecks.webAddress("rollover.admin.base-url", baseUrl);
            trustedProxies.forEach(network -> SettingChecks.network("rollover.admin.trusted-proxies", network));
            SettingChecks.name("rollover.admin.username", username);
            SettingChecks.name("rollover.admin.viewer-username", viewerUsername);
            SettingChecks.password("rollover.admin.password", password);
            SettingChecks.password("rollover.admin.viewer-password", viewerPassword);
            if (viewerPassword != null && username.equalsIgnoreCase(viewerUsername)) {
                throw SettingChecks.wrong(
                        "rollover.admin.viewer-username",
                        "must differ from the operator's name; upper and lower case count as the same");
            }
        }

        /** Hides the passwords. */
        @Override
        public String toString() {
            return "Admin[username=" + username + ", password=***, viewerUsername=" + viewerUsername
                    + ", viewerPassword=***, trustedProxies=" + trustedProxies + "]";
        }
    }

    /**
     * The host's database.
     *
     * @param schema of its tables or adapter views; null for the search path
     * @param unpaidStatuses further unpaid statuses, beside pending, failed and refunded
     */
    public record Host(
            @Nullable String schema, @DefaultValue List<String> unpaidStatuses) {
        private static final List<String> KNOWN = List.of("paid", "pending", "failed", "refunded");

        public Host {
            SettingChecks.name("rollover.host.schema", schema == null ? "public" : schema);
            unpaidStatuses.stream().filter(KNOWN::contains).findFirst().ifPresent(status -> {
                throw SettingChecks.wrong(
                        "rollover.host.unpaid-statuses",
                        "lists the status '" + status + "', which already has a meaning. Remove it");
            });
        }
    }

    /**
     * The schedule of {@code serve}.
     *
     * @param enabled whether it starts the monthly run and the daily work
     * @param cron six fields, seconds first, in the business zone
     * @param dailyCron as {@code cron}, for the daily work
     */
    public record Schedule(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("0 0 2 1 * *") String cron,
            @DefaultValue("0 0 10 * * *") String dailyCron) {
        public Schedule {
            requireValid("rollover.schedule.cron", cron);
            requireValid("rollover.schedule.daily-cron", dailyCron);
        }

        private static void requireValid(String key, String cron) {
            if (!CronExpression.isValidExpression(cron)) {
                throw SettingChecks.wrong(key, "must be a cron expression of six fields, not " + cron);
            }
        }
    }
}
