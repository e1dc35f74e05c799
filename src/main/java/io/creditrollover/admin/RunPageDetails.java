package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.DeletedDecisions;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOverview;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page of a run says beside its figures: state, next step, relations, attempts. */
@OnlyWhenServing
@Component
class RunPageDetails {
    private static final Duration PLAN_LIFE = Duration.ofDays(1);

    private final RunPulse pulse;
    private final RunTrail trail;
    private final RunOverview overview;
    private final ScheduleTimes schedule;
    private final JdbcClient jdbc;
    private final Formats texts;

    RunPageDetails(
            RunPulse pulse,
            RunTrail trail,
            RunOverview overview,
            ScheduleTimes schedule,
            JdbcClient jdbc,
            Formats texts) {
        this.pulse = pulse;
        this.trail = trail;
        this.overview = overview;
        this.schedule = schedule;
        this.jdbc = jdbc;
        this.texts = texts;
    }

    /** The one thing that a person may do next. */
    enum Step {
        NONE,
        WATCH,
        RESUME,
        APPROVE,
        REVIEW,
        REPEAT_DRY_RUN,
        FINISH_UNDO,
        /** A reinstatement does not resume. */
        BEGIN_AGAIN
    }

    /** @param total users in scope; 0 while unknown */
    void add(RunSummary run, long total, Model model) {
        long id = Objects.requireNonNull(run.runId());
        RunPulse.Pulse seen = pulse.of(run, total);
        RunTrail.Trail related = trail.of(run);
        String obstacle =
                run.mode() == RunMode.DRY_RUN && run.status() == RunStatus.COMPLETED ? obstacle(run, related) : null;
        model.addAttribute("pulse", seen);
        model.addAttribute("trail", related);
        model.addAttribute("obstacle", obstacle);
        model.addAttribute("step", step(run, seen, related, obstacle).name());
        model.addAttribute("attempts", AttemptView.of(overview.attempts(id), run, jdbc, texts));
        if (run.mode() == RunMode.DRY_RUN && run.status() == RunStatus.COMPLETED) {
            RunRow before = overview.before(run.rolloverDate()).orElse(null);
            model.addAttribute("deleted", DeletedDecisions.in(run.message()));
            model.addAttribute("review", ReviewView.of(run.totals(), before, reasons(id), limits(run, id, before)));
        }
        if (run.status() == RunStatus.BLOCKED) {
            RunRow before = overview.before(run.rolloverDate()).orElse(null);
            model.addAttribute("limits", limits(run, id, before));
            model.addAttribute("blocked", run.forecast());
            model.addAttribute("reasons", reasons(id));
        }
        model.addAttribute(
                "later",
                trail.laterMonth(run.rolloverDate()).map(Formats::month).orElse(null));
    }

    private LimitsView limits(RunSummary run, long id, @Nullable RunRow before) {
        String message = run.message();
        if (message == null || message.equals(DeletedDecisions.in(message))) {
            return LimitsView.of(List.of(), before != null);
        }
        return overview.exceededLimits(id)
                .map(exceeded -> LimitsView.of(exceeded, before != null))
                .orElseGet(() -> LimitsView.asStored(message));
    }

    private static Step step(RunSummary run, RunPulse.Pulse pulse, RunTrail.Trail trail, @Nullable String obstacle) {
        Step resume =
                switch (run.mode()) {
                    case UNDO -> Step.FINISH_UNDO;
                    case REINSTATE -> Step.BEGIN_AGAIN;
                    case LIVE, DRY_RUN -> Step.RESUME;
                };
        return switch (run.status()) {
            case RUNNING -> pulse.lost() ? resume : Step.WATCH;
            case FAILED, STOPPED -> resume == Step.RESUME && trail.needsApproval() ? Step.APPROVE : resume;
            case BLOCKED -> Step.APPROVE;
            case COMPLETED ->
                run.mode() != RunMode.DRY_RUN
                        ? Step.NONE
                        : obstacle == null
                                ? Step.REVIEW
                                : trail.carriedOutBy() == null ? Step.REPEAT_DRY_RUN : Step.NONE;
            case UNDONE, DISABLED -> Step.NONE;
        };
    }

    /** Returns why a dry run cannot be carried out; null if it can. */
    private @Nullable String obstacle(RunSummary run, RunTrail.Trail trail) {
        String month = Formats.month(run.rolloverDate());
        LocalDate today = schedule.now().toLocalDate();
        Optional<LocalDate> later = this.trail.laterMonth(run.rolloverDate());
        RunRow live = trail.liveNow();
        if (trail.carriedOutBy() != null) {
            return "This dry run was carried out.";
        }
        if (live != null && live.status() == RunStatus.COMPLETED) {
            return month + " has run. A dry run of it can no longer be carried out.";
        }
        if (later.isPresent()) {
            return Formats.month(later.get()) + " has run. An earlier month can no longer run.";
        }
        if (run.rolloverDate().isAfter(today)) {
            return month + " has not begun. It can run from " + Formats.day(run.rolloverDate()) + ".";
        }
        if (live != null && live.totals().usersProcessed() > 0 && live.status() != RunStatus.UNDONE) {
            return month + " has already begun. Resume its run.";
        }
        if (live != null && live.status() == RunStatus.UNDONE) {
            return month + " was undone. To run it again, give a reason on the page Months.";
        }
        boolean old = run.finishedAt() != null
                && Duration.between(run.finishedAt(), schedule.now().toInstant())
                                .compareTo(PLAN_LIFE)
                        > 0;
        return old ? "This dry run is more than a day old. Start a new one." : null;
    }

    private List<ReviewView.Reason> reasons(long runId) {
        return overview.reasons(runId).stream()
                .map(line -> new ReviewView.Reason(
                        switch (line.action()) {
                            case "rollover" -> "rolls over";
                            case "expiry" -> "expires";
                            default -> "skipped";
                        },
                        ReasonWords.of(line.reasonCode()),
                        ReportFormats.number(line.users()),
                        ReportFormats.number(line.creditsExpired())))
                .toList();
    }
}
