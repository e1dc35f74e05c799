package io.creditrollover.admin;

import io.creditrollover.report.PhoneMask;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOverview;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How a run relates to others: links both ways, with who, when and why. */
@OnlyWhenServing
@Component
class RunTrail {
    private final RunOverview overview;
    private final JdbcClient jdbc;
    private final Formats texts;

    RunTrail(RunOverview overview, JdbcClient jdbc, Formats texts) {
        this.overview = overview;
        this.jdbc = jdbc;
        this.texts = texts;
    }

    /** @param page null before its first execution */
    record Link(@Nullable String page, String text) {}

    /** An undo of a run. {@code user} is null for all users. */
    record Undo(
            @Nullable String page,
            String status,
            @Nullable String user,
            String figures,
            String who,
            String when,
            String why,
            boolean unfinished) {}

    /**
     * @param plan the dry run that it carries out; null for none
     * @param carriedOutBy the live run that carries out this dry run; null for none
     * @param undone the run that it reverses; null for none
     * @param onlyUserId of an undo for one user; null otherwise
     * @param undoneUser the same in words
     * @param liveNow the latest live run of the same month; null for none
     */
    record Trail(
            @Nullable Link plan,
            @Nullable Link carriedOutBy,
            @Nullable Link undone,
            @Nullable Long onlyUserId,
            @Nullable String undoneUser,
            List<Undo> undos,
            @Nullable RunRow liveNow,
            boolean needsApproval) {}

    Trail of(RunSummary run) {
        long id = Objects.requireNonNull(run.runId());
        List<RunRow> related = overview.related(id);
        RunRow self =
                related.stream().filter(row -> row.runId() == id).findFirst().orElseThrow();
        return new Trail(
                link(related, row -> Objects.equals(row.runId(), self.planRunId()), "dry run"),
                link(related, row -> Objects.equals(row.planRunId(), id), "live run"),
                link(related, row -> Objects.equals(row.runId(), self.undoesRunId()), "live run"),
                self.onlyUserId(),
                self.onlyUserId() == null || self.undoesRunId() == null
                        ? null
                        : user(self.undoesRunId(), self.onlyUserId()),
                related.stream()
                        .filter(row -> Objects.equals(row.undoesRunId(), id))
                        .map(this::undo)
                        .toList(),
                related.stream()
                        .filter(row -> row.mode() == RunMode.LIVE && row.date().equals(self.date()))
                        .reduce((earlier, later) -> later)
                        .orElse(null),
                self.needsApproval());
    }

    private static @Nullable Link link(List<RunRow> related, java.util.function.Predicate<RunRow> wanted, String what) {
        return related.stream()
                .filter(wanted)
                .findFirst()
                .map(row -> new Link(page(row), what + ", run " + row.runId()))
                .orElse(null);
    }

    private Undo undo(RunRow row) {
        return new Undo(
                page(row),
                row.status().name(),
                row.onlyUserId() == null ? null : user(Objects.requireNonNull(row.undoesRunId()), row.onlyUserId()),
                ReportFormats.number(row.totals().creditsRolledOver()) + " credits of "
                        + ReportFormats.number(row.totals().usersRolledOver())
                        + (row.totals().usersRolledOver() == 1 ? " user" : " users"),
                row.requestedBy(),
                texts.time(row.finishedAt() == null ? row.startedAt() : row.finishedAt()),
                row.reason() == null ? "" : row.reason(),
                row.status() != RunStatus.COMPLETED);
    }

    /** Returns the id with the last four digits, as the run recorded them. */
    String user(long runId, long userId) {
        Optional<String> phone = jdbc.sql("""
                        select phone_number from credit_rollover_events
                        where run_id = :runId and user_id = :userId and action in ('rollover', 'expiry')
                          and phone_number is not null
                        """)
                .param("runId", runId)
                .param("userId", userId)
                .query(String.class)
                .optional();
        return "user " + userId
                + phone.map(PhoneMask::mask)
                        .map(masked -> ", …" + masked.replace("*", ""))
                        .orElse("");
    }

    /** Returns the latest month that has run after a date; empty if there is none. */
    Optional<LocalDate> laterMonth(LocalDate date) {
        return overview.latestLive()
                .filter(row -> row.date().isAfter(date)
                        && row.status() != RunStatus.UNDONE
                        && (row.status() == RunStatus.COMPLETED || row.totals().usersProcessed() > 0))
                .map(RunRow::date);
    }

    private static @Nullable String page(RunRow row) {
        return row.executionId() == null ? null : "/runs/" + row.executionId();
    }
}
