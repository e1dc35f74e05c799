package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RunRow;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a state of the month into words. */
@OnlyWhenServing
@Component
class BannerWords {
    private static final int MAX_CAUSE = 220;

    private final Formats texts;
    private final ScheduleTimes schedule;

    BannerWords(Formats texts, ScheduleTimes schedule) {
        this.texts = texts;
        this.schedule = schedule;
    }

    Banner of(MonthState state) {
        String month = Formats.month(state.date());
        RunRow run = state.run();
        return switch (state.kind()) {
            case NEVER_RUN ->
                toRun(
                        Banner.says(
                                "waiting",
                                "waiting",
                                "No month has run yet.",
                                "A dry run decides about all users and changes nothing."),
                        state);
            case DONE ->
                Banner.says("done", "done", month + " is complete.", expired(run) + " " + next())
                        .linking(null, page(run));
            case DUE -> toRun(Banner.says("waiting", "waiting", month + " is due.", starts()), state);
            case OVERDUE -> toRun(Banner.says("overdue", "overdue", month + " is overdue.", overdue(state)), state);
            case RUNNING ->
                Banner.says("running", "running", month + " is running.", progress(state))
                        .linking("Watch", page(run));
            case LOST -> resumable("lost", month + ": process lost.", lost(state), state);
            case FAILED -> resumable("failed", month + " FAILED", ended(state) + cause(run), state);
            case STOPPED -> resumable("stopped", month + " was stopped", ended(state) + cause(run), state);
            case BLOCKED -> blocked(month, run);
            case UNDONE -> undone(state, month);
            case UNDO_RUNNING ->
                Banner.says("running", "undo", "The undo of " + month + " is running.", "No month can run meanwhile.")
                        .linking("Watch", page(run));
            case UNDO_UNFINISHED -> unfinishedUndo(state, month);
        };
    }

    /** A dry run that is there is reviewed; another one is not needed. */
    private static Banner toRun(Banner banner, MonthState state) {
        RunRow dryRun = state.facts().dryRun();
        return dryRun == null || !dryRun.date().equals(state.date())
                ? banner.offeringDryRun(state.date().toString())
                : banner.linking("Review the dry run", page(dryRun));
    }

    private Banner resumable(String kind, String headline, String sentence, MonthState state) {
        RunRow run = Objects.requireNonNull(state.run());
        Banner banner = Banner.says(kind, kind.equals("stopped") ? "waiting" : kind, headline, sentence + late(state));
        if (run.executionId() == null) {
            return banner;
        }
        return run.needsApproval()
                ? banner.linking("Review and resume", page(run))
                : banner.linking(null, page(run)).posting("Resume", "/runs/" + run.executionId() + "/restart");
    }

    private static Banner blocked(String month, @Nullable RunRow run) {
        return Banner.says(
                        "blocked",
                        "blocked",
                        month + " is blocked.",
                        "A safety limit stopped it before it changed anything. A person decides.")
                .linking("Review", page(run));
    }

    private static Banner undone(MonthState state, String month) {
        return Banner.says(
                        "waiting",
                        "undo",
                        month + " was undone.",
                        "The expired credits were added back, and it has not run again.")
                .offeringDryRun(state.date().toString());
    }

    private static Banner unfinishedUndo(MonthState state, String month) {
        RunRow run = Objects.requireNonNull(state.run());
        String heartbeat = state.silence() == null
                ? ""
                : "Its process is lost: no heartbeat for " + Durations.words(state.silence()) + ". ";
        Banner banner = Banner.says(
                "undo",
                "undo",
                "The undo of " + month + " is unfinished.",
                heartbeat + "Nothing is lost. No month can run until it is finished.");
        return run.executionId() == null
                ? banner
                : banner.linking(null, page(run)).posting("Finish the undo", "/runs/" + run.executionId() + "/finish");
    }

    private static @Nullable String page(@Nullable RunRow run) {
        return run == null || run.executionId() == null ? null : "/runs/" + run.executionId();
    }

    private static String expired(@Nullable RunRow run) {
        return run == null
                ? ""
                : ReportFormats.number(run.totals().creditsExpired()) + " credits of "
                        + ReportFormats.number(run.totals().usersExpired()) + " users expired.";
    }

    private static String lost(MonthState state) {
        String silence =
                state.silence() == null ? "No heartbeat" : "No heartbeat for " + Durations.words(state.silence());
        return silence + ". " + decided(state) + "Nothing is lost: resume it.";
    }

    private static String decided(MonthState state) {
        RunRow run = Objects.requireNonNull(state.run());
        String processed = ReportFormats.number(run.totals().usersProcessed());
        return run.usersInScope() == null
                ? processed + " users are decided. "
                : processed + " of " + ReportFormats.number(run.usersInScope()) + " users are decided. ";
    }

    private String ended(MonthState state) {
        RunRow run = Objects.requireNonNull(state.run());
        if (run.finishedAt() == null) {
            return decided(state);
        }
        Duration ago = Duration.between(run.finishedAt(), state.facts().now());
        return "at " + texts.time(run.finishedAt()) + " (" + Durations.words(ago) + " ago). " + decided(state);
    }

    private static String cause(@Nullable RunRow run) {
        String message = run == null ? null : run.message();
        if (message == null) {
            return "Nothing is lost: resume it.";
        }
        return (message.length() > MAX_CAUSE ? message.substring(0, MAX_CAUSE) + "…" : message) + " Nothing is lost.";
    }

    private static String late(MonthState state) {
        return state.facts().overdue() == null
                ? ""
                : " " + Formats.month(state.facts().overdue()) + " is overdue.";
    }

    private static String progress(MonthState state) {
        Integer percent = state.percent();
        Duration remaining = state.remaining();
        return (percent == null ? "" : percent + " %: ")
                + decided(state)
                + (remaining == null ? "" : "About " + Durations.words(remaining) + " left.");
    }

    private String overdue(MonthState state) {
        ZonedDateTime cutoff = state.date().atStartOfDay(texts.zone());
        Duration late = Duration.between(cutoff.toInstant(), state.facts().now());
        return "Its cut-off was " + Durations.words(late) + " ago, and it has not run. "
                + (schedule.isScheduled() ? "This server did not start it. Start it by hand." : starts());
    }

    private String starts() {
        return schedule.isScheduled()
                ? "This server starts it by itself."
                : "This server does not start it. Cron or a person does.";
    }

    private String next() {
        return "The next run is due on " + texts.time(schedule.next().toInstant()) + ".";
    }
}
