package io.creditrollover.admin;

import static io.creditrollover.admin.MonthState.Kind.BLOCKED;
import static io.creditrollover.admin.MonthState.Kind.DONE;
import static io.creditrollover.admin.MonthState.Kind.DUE;
import static io.creditrollover.admin.MonthState.Kind.FAILED;
import static io.creditrollover.admin.MonthState.Kind.LOST;
import static io.creditrollover.admin.MonthState.Kind.NEVER_RUN;
import static io.creditrollover.admin.MonthState.Kind.OVERDUE;
import static io.creditrollover.admin.MonthState.Kind.RUNNING;
import static io.creditrollover.admin.MonthState.Kind.STOPPED;
import static io.creditrollover.admin.MonthState.Kind.UNDONE;
import static io.creditrollover.admin.MonthState.Kind.UNDO_RUNNING;
import static io.creditrollover.admin.MonthState.Kind.UNDO_UNFINISHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.lease.Heartbeat;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.Pace;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Each state of the month, and the one sentence and button of its banner. */
class MonthStateTest {
    private static final LocalDate NOVEMBER = LocalDate.of(2026, 11, 1);
    private static final LocalDate OCTOBER = LocalDate.of(2026, 10, 1);
    private static final Instant NOW = Instant.parse("2026-11-26T13:55:00Z");
    private static final Heartbeat ALIVE = new Heartbeat(true, Duration.ofSeconds(3), "olga via serve");
    private static final Heartbeat SILENT = new Heartbeat(false, Duration.ofSeconds(74), "olga via serve");

    private final RolloverProperties properties =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("rollover", RolloverProperties.class);
    private final BannerWords words =
            new BannerWords(new Formats(properties), new ScheduleTimes(properties, Clock.fixed(NOW, ZoneOffset.UTC)));

    private @Nullable RunRow undo;
    private @Nullable RunRow live;
    private @Nullable RunRow dryRun;
    private @Nullable LocalDate overdue;
    private Heartbeat heartbeat = Heartbeat.NONE;

    private MonthState state() {
        return MonthState.of(
                new MonthState.Facts(NOW, NOVEMBER, overdue, undo, live, dryRun, heartbeat, new Pace("rollover", 100)));
    }

    private Banner banner() {
        return words.of(state());
    }

    private static RunRow run(LocalDate date, RunMode mode, RunStatus status, @Nullable String message) {
        boolean ended = status != RunStatus.RUNNING;
        Totals totals = status == RunStatus.BLOCKED ? Totals.NONE : new Totals(4_000, 612, 0, 90_000, 80_000, 10_000);
        return new RunRow(
                7,
                18L,
                date,
                mode,
                status,
                null,
                mode == RunMode.UNDO ? 6L : null,
                null,
                "olga",
                "why",
                null,
                message,
                totals,
                0L,
                5_271L,
                false,
                NOW.minusSeconds(600),
                ended ? NOW.minusSeconds(240) : null);
    }

    private static RunRow live(LocalDate date, RunStatus status) {
        return run(date, RunMode.LIVE, status, null);
    }

    @Test
    void beforeTheFirstMonthADryRunIsOffered() {
        overdue = NOVEMBER;

        assertThat(state().kind()).isEqualTo(NEVER_RUN);
        assertThat(banner())
                .returns("/runs", Banner::post)
                .returns("2026-11-01", Banner::month)
                .returns("Start a dry run", Banner::button);
    }

    @Test
    void aDryRunThatIsThereIsReviewedAndNotRepeated() {
        dryRun = run(NOVEMBER, RunMode.DRY_RUN, RunStatus.COMPLETED, null);

        assertThat(banner())
                .returns("Review the dry run", Banner::button)
                .returns("/runs/18", Banner::link)
                .returns(null, Banner::post);
    }

    @Test
    void aCompleteMonthNamesTheNext() {
        live = live(NOVEMBER, RunStatus.COMPLETED);

        assertThat(state()).returns(DONE, MonthState::kind).returns(LocalDate.of(2026, 12, 1), MonthState::next);
        assertThat(banner().button()).isNull();
        assertThat(banner().headline()).isEqualTo("November 2026 is complete.");
        assertThat(banner().sentence())
                .isEqualTo("10,000 credits of 612 users expired. The next run is due on 1 Dec 2026, 02:00:00.");
    }

    @Test
    void aMonthIsDueUntilItIsOverdue() {
        live = live(OCTOBER, RunStatus.COMPLETED);
        assertThat(state()).returns(DUE, MonthState::kind).returns(NOVEMBER, MonthState::next);

        overdue = NOVEMBER;
        assertThat(state()).returns(OVERDUE, MonthState::kind).returns(NOVEMBER, MonthState::next);
        assertThat(banner().headline()).isEqualTo("November 2026 is overdue.");
        assertThat(banner().sentence()).startsWith("Its cut-off was 25 days ago, and it has not run.");
        assertThat(banner().button()).isEqualTo("Start a dry run");
    }

    @Test
    void aRunningMonthSaysHowFarAndHowLong() {
        live = live(NOVEMBER, RunStatus.RUNNING);
        heartbeat = ALIVE;

        assertThat(state()).returns(RUNNING, MonthState::kind).returns(87, MonthState::percent);
        assertThat(banner().sentence()).isEqualTo("87 %: 4,612 of 5,271 users are decided. About 7 s left.");
        assertThat(banner().button()).isEqualTo("Watch");
    }

    @Test
    void aRunningMonthWithoutAHeartbeatIsLostAndResumesByOneButton() {
        live = live(NOVEMBER, RunStatus.RUNNING);
        heartbeat = SILENT;

        assertThat(state().kind()).isEqualTo(LOST);
        assertThat(banner().headline()).isEqualTo("November 2026: process lost.");
        assertThat(banner().sentence()).contains("No heartbeat for 74 s", "4,612 of 5,271", "Nothing is lost");
        assertThat(banner()).returns("Resume", Banner::button).returns("/runs/18/restart", Banner::post);
    }

    @Test
    void aFailedMonthSaysWhyAndWhenAndResumes() {
        live = run(NOVEMBER, RunMode.LIVE, RunStatus.FAILED, "A trigger of your database refused user 4002.");

        assertThat(state().kind()).isEqualTo(FAILED);
        assertThat(banner().sentence())
                .isEqualTo("at 26 Nov 2026, 19:21:00 (4 min ago). 4,612 of 5,271 users are decided. "
                        + "A trigger of your database refused user 4002. Nothing is lost.");
        assertThat(banner()).returns("Resume", Banner::button).returns("/runs/18", Banner::link);
    }

    @Test
    void anEarlierMonthThatFailedIsResumedFirstAndTheOverdueOneIsSaid() {
        live = live(OCTOBER, RunStatus.FAILED);
        overdue = NOVEMBER;

        assertThat(state()).returns(FAILED, MonthState::kind).returns(OCTOBER, MonthState::next);
        assertThat(banner().headline()).isEqualTo("October 2026 FAILED");
        assertThat(banner().sentence()).endsWith("November 2026 is overdue.");
    }

    @Test
    void aStoppedMonthResumesAndABlockedOneIsReviewed() {
        live = live(NOVEMBER, RunStatus.STOPPED);
        assertThat(state().kind()).isEqualTo(STOPPED);
        assertThat(banner().button()).isEqualTo("Resume");

        live = live(NOVEMBER, RunStatus.BLOCKED);
        assertThat(state().kind()).isEqualTo(BLOCKED);
        assertThat(banner()).returns("Review", Banner::button).returns(null, Banner::post);
    }

    @Test
    void anUndoneMonthMayRunAgain() {
        live = live(NOVEMBER, RunStatus.UNDONE);

        assertThat(state()).returns(UNDONE, MonthState::kind).returns(NOVEMBER, MonthState::next);
        assertThat(banner().headline()).isEqualTo("November 2026 was undone.");
    }

    @Test
    void anUnfinishedUndoGoesBeforeEverythingElse() {
        live = live(NOVEMBER, RunStatus.COMPLETED);
        undo = run(NOVEMBER, RunMode.UNDO, RunStatus.RUNNING, null);
        heartbeat = ALIVE;
        assertThat(state().kind()).isEqualTo(UNDO_RUNNING);

        heartbeat = SILENT;
        assertThat(state().kind()).isEqualTo(UNDO_UNFINISHED);
        assertThat(banner().sentence()).contains("no heartbeat for 74 s", "No month can run until it is finished");
        assertThat(banner()).returns("Finish the undo", Banner::button).returns("/runs/18/finish", Banner::post);

        undo = run(NOVEMBER, RunMode.UNDO, RunStatus.FAILED, "The host holds a row.");
        heartbeat = Heartbeat.NONE;
        assertThat(state().kind()).isEqualTo(UNDO_UNFINISHED);
    }
}
