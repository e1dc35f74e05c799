package io.creditrollover.notify;

import io.creditrollover.report.RunFigures;
import io.creditrollover.report.RunMonth;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values for the metrics, read at one moment.
 *
 * @param last figures of the last completed live run; null before the first
 * @param status of the latest live run not undone; null before the first
 */
record RunMetricsSnapshot(
        @Nullable RunFigures last,
        List<Alert> alerts,
        @Nullable RunStatus status,
        boolean isOverdue,
        long mailsPending,
        long chunks,
        long usersSwept,
        ReinstatedMetric reinstated) {

    Optional<RunMonth> month() {
        return Optional.ofNullable(last).map(RunFigures::thisMonth);
    }

    private Optional<RunSummary> run() {
        return Optional.ofNullable(last).map(RunFigures::run);
    }

    double lastSuccessSeconds() {
        return run().map(run -> run.rolloverDate().atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    double finishedSeconds() {
        return run().map(RunSummary::finishedAt)
                .map(at -> (double) at.getEpochSecond())
                .orElse(Double.NaN);
    }

    double durationSeconds() {
        return run().filter(run -> run.startedAt() != null && run.finishedAt() != null)
                .map(run -> Duration.between(run.startedAt(), run.finishedAt()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    double overdue() {
        return isOverdue ? 1 : 0;
    }

    double failed() {
        return status == RunStatus.FAILED || status == RunStatus.STOPPED ? 1 : 0;
    }

    double blocked() {
        return status == RunStatus.BLOCKED ? 1 : 0;
    }

    double alert(Alert.Name name) {
        return alerts.stream().anyMatch(alert -> alert.name() == name) ? 1 : 0;
    }

    double differenceUsers() {
        return last == null || last.difference() == null
                ? Double.NaN
                : last.difference().users();
    }

    double differenceCredits() {
        return last == null || last.difference() == null
                ? Double.NaN
                : last.difference().credits();
    }
}
