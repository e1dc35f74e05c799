package io.creditrollover.admin;

import io.creditrollover.lease.Heartbeat;
import io.creditrollover.lease.Leases;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.Pace;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOverview;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Whether a process works on a run, and how fast. */
@OnlyWhenServing
@Component
class RunPulse {
    private final Leases leases;
    private final RunOverview overview;

    RunPulse(Leases leases, RunOverview overview) {
        this.leases = leases;
        this.overview = overview;
    }

    /**
     * A run as a process or a page sees it.
     *
     * @param lost RUNNING without a process
     * @param silence since the last heartbeat of a lost one, or of one whose heartbeats are missing; empty otherwise
     * @param takeover until a run without heartbeats can be resumed; empty otherwise
     * @param step the current step in words; empty while unknown
     * @param speed in words; empty while unknown
     * @param left the remaining time in words; empty while unknown
     */
    record Pulse(boolean lost, String silence, String takeover, String step, String speed, String left) {
        static final Pulse NONE = new Pulse(false, "", "", "", "", "");
    }

    /** @param total users in scope; 0 while unknown */
    Pulse of(RunSummary run, long total) {
        if (run.status() != RunStatus.RUNNING) {
            return Pulse.NONE;
        }
        boolean dryRun = run.mode() == RunMode.DRY_RUN;
        long runId = Objects.requireNonNull(run.runId());
        Heartbeat heartbeat = leases.heartbeat(Leases.of(dryRun, runId));
        if (!heartbeat.alive()) {
            // It may have ended since its status was read: then its lease is gone, too.
            return !overview.isRunning(runId)
                    ? Pulse.NONE
                    : new Pulse(true, heartbeat.age() == null ? "" : Durations.words(heartbeat.age()), "", "", "", "");
        }
        Pace pace = run.executionId() == null ? Pace.UNKNOWN : overview.pace(run.executionId());
        long perSecond = Math.round(pace.usersPerSecond());
        Duration left = total == 0
                ? null
                : pace.remaining(Math.max(0, total - run.totals().usersProcessed()));
        String takeover = leases.takeoverIn(heartbeat).map(Durations::words).orElse("");
        return new Pulse(
                false,
                takeover.isEmpty() || heartbeat.age() == null ? "" : Durations.words(heartbeat.age()),
                takeover,
                step(pace.step()),
                perSecond == 0 ? "" : ReportFormats.number(perSecond) + " users a second",
                left == null ? "" : "about " + Durations.words(left) + " left");
    }

    private static String step(String name) {
        return switch (name) {
            case "preflight" -> "checking the database and the safety limits";
            case "backup" -> "making a backup";
            case "rollover" -> "deciding users";
            case "sweep" -> "deciding postponed users";
            case "reconcile" -> "comparing events with totals";
            case "report" -> "completing";
            case "begin", "undo", "remaining", "finish" -> "reversing";
            default -> name;
        };
    }
}
