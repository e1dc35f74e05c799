package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds a forecast against what is usual. Reads only; decides nothing about users. */
@Component
class SafetyLimits {
    private static final long LEAST_SKIP_LIMIT = 100;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final RolloverProperties.Safety limits;
    private final @Nullable Integer skipLimit;
    private final DatabaseClock clock;

    SafetyLimits(JdbcClient jdbc, Snapshots snapshots, RolloverProperties properties, DatabaseClock clock) {
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.limits = properties.safety();
        this.skipLimit = properties.skipLimit();
        this.clock = clock;
    }

    LimitCheck check(RolloverPolicy policy, Forecast forecast) {
        RunHistory history = RunHistory.before(policy.date(), jdbc);
        List<String> exceeded = new ArrayList<>(silence());
        List<String> notApplied = new ArrayList<>();
        delay(policy, exceeded);
        fixedShares(forecast, exceeded);
        if (history.runs() == 0) {
            notApplied.add("rollover.safety.max-expired-factor could not be applied: no earlier run to compare with.");
        } else {
            unusualShares(forecast, history, exceeded);
        }
        if (history.lastPolicy() == null) {
            notApplied.add("The rules could not be compared with those of an earlier run: there is none.");
        }
        changedPolicy(policy, history, exceeded);
        setAside(forecast, exceeded);
        return new LimitCheck(exceeded, notApplied);
    }

    /** Returns a sentence when no payment has come in for suspiciously long; checked at every start. */
    List<String> silence() {
        PaymentFeed feed = snapshots.read(() -> PaymentFeed.read(jdbc));
        Instant newest = feed.newest();
        if (newest == null) {
            return List.of("rollover.safety.max-payment-silence: there is no paid payment at all");
        }
        Duration allowed = feed.allowedSilence(limits.maxPaymentSilence());
        Duration silence = Duration.between(newest, clock.now());
        return silence.compareTo(allowed) <= 0
                ? List.of()
                : List.of("rollover.safety.max-payment-silence: the newest paid payment is " + days(silence)
                        + " old, more than " + days(allowed));
    }

    private void delay(RolloverPolicy policy, List<String> exceeded) {
        Duration delay = Duration.between(policy.cutoff(), clock.now());
        if (delay.compareTo(limits.maxDelay()) > 0) {
            exceeded.add("rollover.safety.max-delay: the cut-off was " + days(delay) + " ago, more than "
                    + days(limits.maxDelay()));
        }
    }

    private void fixedShares(Forecast forecast, List<String> exceeded) {
        above(exceeded, "max-expired-users-percent", forecast.expiredUsersShare(), limits.maxExpiredUsersPercent());
        above(
                exceeded,
                "max-expired-credits-percent",
                forecast.expiredCreditsShare(),
                limits.maxExpiredCreditsPercent());
    }

    private static void above(List<String> exceeded, String key, double share, @Nullable Double percent) {
        if (percent != null && share * 100 > percent) {
            exceeded.add("rollover.safety." + key + ": " + percent(share) + " would expire, more than "
                    + percent(percent / 100));
        }
    }

    private void unusualShares(Forecast forecast, RunHistory history, List<String> exceeded) {
        unusual(exceeded, "users", forecast.expiredUsersShare(), history.expiredUsers());
        unusual(exceeded, "credits", forecast.expiredCreditsShare(), history.expiredCredits());
    }

    private void unusual(List<String> exceeded, String what, double expired, double usual) {
        double factor = limits.maxExpiredFactor();
        if (expired > factor * usual) {
            exceeded.add("rollover.safety.max-expired-factor: " + percent(expired) + " of " + what
                    + " would expire, more than " + number(factor) + " times the usual " + percent(usual));
        } else if (1 - expired < (1 - usual) / factor) {
            exceeded.add("rollover.safety.max-expired-factor: " + percent(1 - expired) + " of " + what
                    + " would roll over, less than the usual " + percent(1 - usual) + " divided by "
                    + number(factor));
        }
    }

    private static void changedPolicy(RolloverPolicy policy, RunHistory history, List<String> exceeded) {
        if (history.lastPolicy() != null) {
            history.lastPolicy().differences(StoredPolicy.of(policy)).stream()
                    .map(difference -> "the policy changed since the last run: " + difference)
                    .forEach(exceeded::add);
        }
    }

    private void setAside(Forecast forecast, List<String> exceeded) {
        long limit = skipLimit != null ? skipLimit : Math.max(LEAST_SKIP_LIMIT, forecast.usersProcessed() / 100);
        if (forecast.usersSkipped() > limit) {
            exceeded.add("rollover.skip-limit: " + forecast.usersSkipped() + " users would be set aside, more than "
                    + limit);
        }
    }

    private static String days(Duration duration) {
        return number(duration.toMinutes() / 1440.0) + " days";
    }

    private static String percent(double share) {
        return number(share * 100) + "%";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
