package io.creditrollover.admin;

import io.creditrollover.lease.Heartbeat;
import io.creditrollover.lease.Leases;
import io.creditrollover.notify.Overdue;
import io.creditrollover.run.Pace;
import io.creditrollover.run.RunOverview;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the state of the month from runs, leases and the schedule: a handful of lookups, no users, payments or events. */
@OnlyWhenServing
@Component
class MonthStates {
    private final RunOverview runs;
    private final Leases leases;
    private final Overdue overdue;
    private final ScheduleTimes schedule;

    MonthStates(RunOverview runs, Leases leases, Overdue overdue, ScheduleTimes schedule) {
        this.runs = runs;
        this.leases = leases;
        this.overdue = overdue;
        this.schedule = schedule;
    }

    MonthState now() {
        MonthState.Facts facts = facts();
        // The run may have ended between two of the reads: then its lease is gone, too.
        boolean seemsLost = (isRunning(facts.undo()) || isRunning(facts.live()))
                && !facts.heartbeat().alive();
        return MonthState.of(seemsLost ? facts() : facts);
    }

    private MonthState.Facts facts() {
        ZonedDateTime now = schedule.now();
        LocalDate current = now.toLocalDate().withDayOfMonth(1);
        RunRow undo = runs.unfinishedUndo().orElse(null);
        RunRow live = runs.latestLive().orElse(null);
        boolean works = isRunning(undo) || isRunning(live);
        Heartbeat heartbeat = works ? leases.heartbeat(Leases.WRITER) : Heartbeat.NONE;
        return new MonthState.Facts(
                now.toInstant(),
                current,
                overdue.date().orElse(null),
                undo,
                live,
                runs.freshDryRun(current).orElse(null),
                heartbeat,
                heartbeat.alive() ? pace(undo == null ? live : undo) : Pace.UNKNOWN);
    }

    private Pace pace(@Nullable RunRow run) {
        return run == null || run.executionId() == null ? Pace.UNKNOWN : runs.pace(run.executionId());
    }

    private static boolean isRunning(@Nullable RunRow run) {
        return run != null && run.status() == RunStatus.RUNNING;
    }
}
