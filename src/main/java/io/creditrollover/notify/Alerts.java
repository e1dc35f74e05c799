package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.report.DecisionLine;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.report.RunFigures;
import io.creditrollover.report.RunMonth;
import io.creditrollover.rollover.Skips;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.UsualShare;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds unusual results of an ended run by the factor of the safety limits, approved or not. */
@Component
class Alerts {
    private final RolloverProperties properties;

    Alerts(RolloverProperties properties) {
        this.properties = properties;
    }

    List<Alert> of(RunFigures figures, MailOutcome outcome) {
        List<Alert> alerts = new ArrayList<>();
        if (outcome == MailOutcome.FAILED) {
            alerts.add(new Alert(Alert.Name.FAILED, "The month is not complete."));
        } else if (outcome == MailOutcome.BLOCKED) {
            alerts.add(new Alert(Alert.Name.BLOCKED, "No credits were changed. The month needs a review."));
        } else {
            unusual(figures, alerts);
        }
        skippedOverLimit(figures, alerts);
        if (figures.difference() != null && !figures.difference().none()) {
            alerts.add(new Alert(Alert.Name.DIFFERENCE, "Events and skips differ from the totals of the run."));
        }
        return alerts;
    }

    private void unusual(RunFigures figures, List<Alert> alerts) {
        List<Totals> earlier = figures.runMonths().stream()
                .limit(figures.runMonths().size() - 1L)
                .map(RunMonth::totals)
                .filter(totals -> totals.creditsBefore() > 0)
                .toList();
        Totals totals = figures.thisMonth().totals();
        if (earlier.isEmpty() || totals.creditsBefore() == 0) {
            return;
        }
        UsualShare.of(totals, earlier, properties.safety().maxExpiredFactor()).stream()
                .filter(UsualShare::isUnusual)
                .map(share -> new Alert(
                        Alert.Name.UNUSUAL_EXPIRY,
                        "Unusual: " + ReportFormats.percent(share.expired().value()) + " of " + share.what()
                                + " expired. The mean of earlier months is "
                                + ReportFormats.percent(share.usual().value()) + "."))
                .forEach(alerts::add);
    }

    /** Users without a required notice are not counted. */
    private void skippedOverLimit(RunFigures figures, List<Alert> alerts) {
        Totals totals = figures.thisMonth().totals();
        long skipped = totals.usersSkipped()
                - figures.lines().stream()
                        .filter(line -> line.reasonCode().equals(ReasonCode.NOT_WARNED.name()))
                        .mapToLong(DecisionLine::users)
                        .sum();
        long limit = Skips.allowed(properties.skipLimit(), totals.usersProcessed());
        if (skipped > limit) {
            alerts.add(new Alert(
                    Alert.Name.SKIPPED,
                    ReportFormats.number(skipped) + " users were skipped (limit: " + ReportFormats.number(limit)
                            + ")."));
        }
    }
}
