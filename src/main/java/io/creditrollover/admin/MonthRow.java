package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A month of the list: its live run, and the other runs folded beneath it.
 *
 * @param page of the live run; null without one
 * @param value of the expired credits, as forecast
 * @param change of the expired credits to the month before; empty without one
 * @param others dry runs, undos, reinstatements and earlier live runs, the latest first
 */
record MonthRow(
        String title,
        String id,
        @Nullable String page,
        String status,
        String style,
        String rolledOver,
        String expired,
        String skipped,
        String creditsExpired,
        String value,
        String change,
        List<Other> others,
        String summary) {

    /** @param page null before its first execution */
    record Other(
            @Nullable String page,
            String what,
            String status,
            String style,
            String figures,
            String who,
            String why,
            String at) {}

    /** @param latestFirst by month, then by id */
    static List<MonthRow> of(List<RunRow> latestFirst, @Nullable RunRow before, Formats texts) {
        Map<String, List<RunRow>> byMonth = new LinkedHashMap<>();
        latestFirst.forEach(run -> byMonth.computeIfAbsent(run.date().toString(), month -> new ArrayList<>())
                .add(run));
        List<RunRow> live = byMonth.values().stream()
                .map(MonthRow::live)
                .flatMap(java.util.Optional::stream)
                .filter(run -> run.status() == RunStatus.COMPLETED)
                .toList();
        List<MonthRow> rows = new ArrayList<>();
        byMonth.values().forEach(runs -> rows.add(month(runs, live, before, texts)));
        return rows;
    }

    /** Returns the latest live run. */
    private static java.util.Optional<RunRow> live(List<RunRow> runs) {
        return runs.stream().filter(run -> run.mode() == RunMode.LIVE).findFirst();
    }

    private static MonthRow month(List<RunRow> runs, List<RunRow> completed, @Nullable RunRow before, Formats texts) {
        RunRow live = live(runs).orElse(null);
        List<Other> others = runs.stream()
                .filter(run -> !run.equals(live))
                .map(run -> other(run, texts))
                .toList();
        RunRow any = runs.get(0);
        RunRow counted = live == null || live.totals().usersProcessed() == 0 ? null : live;
        return new MonthRow(
                Formats.month(any.date()),
                "month-" + any.date(),
                live == null ? null : page(live),
                live == null ? "not run" : live.status().name(),
                style(live),
                counted == null ? "–" : ReportFormats.number(counted.totals().usersRolledOver()),
                counted == null ? "–" : ReportFormats.number(counted.totals().usersExpired()),
                counted == null ? "–" : ReportFormats.number(counted.totals().usersSkipped()),
                counted == null ? "–" : ReportFormats.number(counted.totals().creditsExpired()),
                counted == null ? "–" : texts.money(counted.expiredValueMinor()),
                counted == null ? "" : change(counted, completed, before),
                others,
                summary(runs, live));
    }

    /** Compares with the completed month before, of this list or the year before. */
    private static String change(RunRow live, List<RunRow> completed, @Nullable RunRow before) {
        RunRow earlier = completed.stream()
                .filter(run -> run.date().isBefore(live.date()))
                .findFirst()
                .orElse(before);
        if (live.status() != RunStatus.COMPLETED
                || earlier == null
                || earlier.totals().creditsExpired() == 0) {
            return "";
        }
        double change =
                (double) live.totals().creditsExpired() / earlier.totals().creditsExpired() - 1;
        return String.format(Locale.ROOT, "%+.0f %%", change * 100);
    }

    private static Other other(RunRow run, Formats texts) {
        String reason = run.reason() == null ? "" : run.reason();
        return new Other(
                page(run),
                words(run),
                run.status().name(),
                style(run),
                figures(run),
                run.requestedBy(),
                reason,
                texts.time(run.startedAt()));
    }

    private static @Nullable String page(RunRow run) {
        return run.executionId() == null ? null : "/runs/" + run.executionId();
    }

    private static String words(RunRow run) {
        return switch (run.mode()) {
            case LIVE -> "Earlier live run";
            case DRY_RUN -> "Dry run";
            case UNDO -> run.onlyUserId() == null ? "Undo for all users" : "Undo for user " + run.onlyUserId();
            case REINSTATE -> "Reinstatement";
        };
    }

    private static String figures(RunRow run) {
        boolean addsBack = run.mode() == RunMode.UNDO || run.mode() == RunMode.REINSTATE;
        return addsBack
                ? ReportFormats.number(run.totals().creditsRolledOver()) + " credits added back"
                : ReportFormats.number(run.totals().creditsExpired()) + " credits "
                        + (run.mode() == RunMode.DRY_RUN ? "would expire" : "expired");
    }

    /** A dry run looks like nothing that happened. */
    private static String style(@Nullable RunRow run) {
        if (run == null) {
            return "status-none";
        }
        return run.mode() == RunMode.DRY_RUN && run.status() == RunStatus.COMPLETED
                ? "status-trial"
                : "status-" + run.status().name().toLowerCase(Locale.ROOT);
    }

    private static String summary(List<RunRow> runs, @Nullable RunRow live) {
        List<String> parts = new ArrayList<>();
        count(runs, RunMode.DRY_RUN, "dry run", parts);
        count(runs, RunMode.UNDO, "undo", parts);
        count(runs, RunMode.REINSTATE, "reinstatement", parts);
        long earlier = runs.stream()
                .filter(run -> run.mode() == RunMode.LIVE && !run.equals(live))
                .count();
        if (earlier > 0) {
            parts.add(earlier == 1 ? "1 earlier live run" : earlier + " earlier live runs");
        }
        return String.join(", ", parts);
    }

    private static void count(List<RunRow> runs, RunMode mode, String word, List<String> parts) {
        long count = runs.stream().filter(run -> run.mode() == mode).count();
        if (count > 0) {
            parts.add(count + " " + word + (count == 1 ? "" : "s"));
        }
    }
}
