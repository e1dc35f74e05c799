package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.rollover.Skips;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares a forecast with limits and earlier runs. Reads only. */
@Component
class SafetyLimits {
    /** @param notApplied one sentence for each limit not applied for lack of history */
    record Check(List<ExceededLimit> exceeded, List<String> notApplied) {}

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

    Check check(RolloverPolicy policy, ForecastFigures forecast) {
        RunHistory history = RunHistory.before(policy.date(), jdbc);
        List<ExceededLimit> exceeded = new ArrayList<>(silence());
        List<String> notApplied = new ArrayList<>();
        firstRun(history, exceeded);
        delay(policy, exceeded);
        fixedShares(forecast, exceeded);
        if (history.runs().isEmpty()) {
            notApplied.add(
                    "rollover.safety.max-expired-factor is not applied: there is no earlier run to compare with.");
        } else {
            UsualShare.of(forecast.totals(), history.runs(), limits.maxExpiredFactor())
                    .forEach(share -> unusual(share, exceeded));
        }
        if (history.lastPolicy() == null) {
            notApplied.add("The policy is not compared: there is no earlier run.");
        }
        changedPolicy(policy, history, exceeded);
        tooMany(forecast, exceeded);
        return new Check(exceeded, notApplied);
    }

    /** Returns the limit if the last payment is too old. Checked at every start. */
    List<ExceededLimit> silence() {
        PaymentFeed feed = snapshots.read(() -> PaymentFeed.read(jdbc));
        Instant newest = feed.newest();
        if (newest == null) {
            return List.of(new ExceededLimit(ExceededLimit.SILENCE, "there is no paid payment"));
        }
        Duration allowed = feed.allowedSilence(limits.maxPaymentSilence());
        Duration silence = Duration.between(newest, clock.now());
        return silence.compareTo(allowed) <= 0
                ? List.of()
                : List.of(overdue(ExceededLimit.SILENCE, "no paid payment for %s", silence, allowed));
    }

    private void firstRun(RunHistory history, List<ExceededLimit> exceeded) {
        if (!history.everCompleted() && limits.firstRun() == RolloverProperties.FirstRun.REVIEW) {
            exceeded.add(new ExceededLimit(
                    ExceededLimit.FIRST_RUN,
                    "no live run was ever completed on this database, so there is no month to compare with; "
                            + "a person must review the first run"));
        }
    }

    private void delay(RolloverPolicy policy, List<ExceededLimit> exceeded) {
        Duration delay = Duration.between(policy.cutoff(), clock.now());
        if (delay.compareTo(limits.maxDelay()) > 0) {
            exceeded.add(overdue(ExceededLimit.DELAY, "the cut-off was %s ago", delay, limits.maxDelay()));
        }
    }

    private void fixedShares(ForecastFigures forecast, List<ExceededLimit> exceeded) {
        above(
                exceeded,
                "max-expired-users-percent",
                UsualShare.expiredUsers(forecast.totals()),
                limits.maxExpiredUsersPercent());
        above(
                exceeded,
                "max-expired-credits-percent",
                UsualShare.expiredCredits(forecast.totals()),
                limits.maxExpiredCreditsPercent());
    }

    private static void above(List<ExceededLimit> exceeded, String key, Ratio share, @Nullable BigDecimal percent) {
        if (percent != null && share.isGreaterThan(Ratio.ofPercent(percent))) {
            exceeded.add(new ExceededLimit(
                    "rollover.safety." + key,
                    percent(share) + " would expire (limit: " + percent.toPlainString() + "%)"));
        }
    }

    private static void unusual(UsualShare share, List<ExceededLimit> exceeded) {
        String factor = number(share.factor().value());
        if (share.isTooHigh()) {
            exceeded.add(
                    unusual(share, " would expire", share.expired(), share.usual(), factor + " times the usual share"));
        } else if (share.isTooLow()) {
            exceeded.add(unusual(
                    share,
                    " would roll over",
                    share.expired().rest(),
                    share.usual().rest(),
                    "the usual share divided by " + factor));
        }
    }

    private static ExceededLimit unusual(UsualShare share, String outcome, Ratio now, Ratio usual, String limit) {
        return new ExceededLimit(
                ExceededLimit.EXPIRED_FACTOR,
                percent(now) + " of " + share.what() + outcome + ", usually " + percent(usual) + " (limit: " + limit
                        + ")",
                now.value(),
                usual.value(),
                share.what());
    }

    private static void changedPolicy(RolloverPolicy policy, RunHistory history, List<ExceededLimit> exceeded) {
        if (history.lastPolicy() != null) {
            history.lastPolicy().differences(StoredPolicy.of(policy)).stream()
                    .map(difference -> new ExceededLimit(
                            ExceededLimit.POLICY, "the policy changed since the last run: " + difference))
                    .forEach(exceeded::add);
        }
    }

    private void tooMany(ForecastFigures forecast, List<ExceededLimit> exceeded) {
        long usual = skipLimit(forecast.totals().usersProcessed());
        long skipped = forecast.totals().usersSkipped() - forecast.usersNotWarned();
        if (skipped > usual) {
            exceeded.add(
                    new ExceededLimit(ExceededLimit.SKIPS, skipped + " users would be skipped (limit: " + usual + ")"));
        }
        long orphaned = limits.maxOrphanedPayments() == null ? usual : limits.maxOrphanedPayments();
        if (forecast.orphanedPayments() > orphaned) {
            exceeded.add(new ExceededLimit(
                    ExceededLimit.ORPHANED_PAYMENTS,
                    forecast.orphanedPayments() + " paid payments belong to no user (limit: " + orphaned + ")"));
        }
    }

    /** Returns the maximum number of skipped users. */
    long skipLimit(long users) {
        return Skips.allowed(skipLimit, users);
    }

    private static ExceededLimit overdue(String key, String what, Duration duration, Duration limit) {
        String figures =
                what.formatted(number(days(duration)) + " days") + " (limit: " + number(days(limit)) + " days)";
        return new ExceededLimit(key, figures, days(duration), days(limit), null);
    }

    private static double days(Duration duration) {
        return duration.toMinutes() / 1440.0;
    }

    private static String percent(Ratio share) {
        return number(share.value() * 100) + "%";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }
}
