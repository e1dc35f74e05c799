package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.report.RunFigures;
import io.creditrollover.report.RunMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Finds unusual results of an ended run by the factor of the safety limits, approved or not. */
@Component
class Alerts {
    private static final int MAX_RUNS = 6;
    private static final long MIN_SKIP_LIMIT = 100;

    private final RolloverProperties properties;

    Alerts(RolloverProperties properties) {
        this.properties = properties;
    }

    List<Alert> of(RunFigures figures, MailOutcome outcome) {
        List<Alert> alerts = new ArrayList<>();
        if (outcome == MailOutcome.FAILED) {
            alerts.add(new Alert(Alert.Name.FAILED, "The month is not complete."));
        } else if (outcome == MailOutcome.BLOCKED) {
            alerts.add(new Alert(Alert.Name.BLOCKED, "Nobody's credits were touched; the month waits for a person."));
        } else {
            unusual(figures, "users", RunMonth::expiredUsersShare, alerts);
            unusual(figures, "credits", RunMonth::expiredCreditsShare, alerts);
        }
        setAside(figures, alerts);
        if (figures.difference() != null && !figures.difference().none()) {
            alerts.add(new Alert(Alert.Name.DIFFERENCE, "Events and skips differ from the figures of the run."));
        }
        return alerts;
    }

    private void unusual(RunFigures figures, String what, ToDoubleFunction<RunMonth> share, List<Alert> alerts) {
        List<RunMonth> earlier = figures.runMonths().stream()
                .limit(figures.runMonths().size() - 1L)
                .filter(month -> month.creditsBefore() > 0)
                .toList();
        if (earlier.isEmpty() || figures.thisMonth().creditsBefore() == 0) {
            return;
        }
        double usual = earlier.subList(Math.max(0, earlier.size() - MAX_RUNS), earlier.size()).stream()
                .mapToDouble(share)
                .average()
                .orElseThrow();
        double expired = share.applyAsDouble(figures.thisMonth());
        double factor = properties.safety().maxExpiredFactor().doubleValue();
        if (expired > factor * usual || 1 - expired < (1 - usual) / factor) {
            alerts.add(new Alert(
                    Alert.Name.UNUSUAL_EXPIRY,
                    "Unusual: " + ReportFormats.percent(expired) + " of " + what
                            + " expired; the mean of earlier months is " + ReportFormats.percent(usual) + "."));
        }
    }

    private void setAside(RunFigures figures, List<Alert> alerts) {
        RunMonth month = figures.thisMonth();
        long users = month.usersRolledOver() + month.usersExpired() + month.usersSkipped();
        Integer configured = properties.skipLimit();
        long limit = configured != null ? configured : Math.max(MIN_SKIP_LIMIT, users / 100);
        if (month.usersSkipped() > limit) {
            alerts.add(new Alert(
                    Alert.Name.SET_ASIDE,
                    ReportFormats.number(month.usersSkipped()) + " users were set aside, more than "
                            + ReportFormats.number(limit) + "."));
        }
    }
}
