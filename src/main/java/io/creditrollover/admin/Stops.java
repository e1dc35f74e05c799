package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.Heartbeat;
import io.creditrollover.lease.Leases;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.StopRequests;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Works across processes: the request is a column of the run's row, written in the audit's transaction. */
@OnlyWhenServing
@Component
class Stops {
    private final RolloverService rollovers;
    private final StopRequests requests;
    private final Leases leases;
    private final Audit audit;
    private final TransactionTemplate transaction;

    Stops(
            RolloverService rollovers,
            StopRequests requests,
            Leases leases,
            Audit audit,
            TransactionTemplate transaction) {
        this.rollovers = rollovers;
        this.requests = requests;
        this.leases = leases;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Rejects (64) a run that is not RUNNING, (65) one without a process. Returns what will come of it. */
    String stop(long executionId, @Nullable String reason, Actor who) {
        RunSummary run = rollovers.status(executionId);
        // The latest attempt is the one that stops, also for a page of an earlier one; the schedule looks for it.
        Audit.Intent intent = new Audit.Intent(who, "stop", Operations.execution(run.executionId()), reason);
        try {
            refuseIfNotAtWork(run);
        } catch (ExitException refused) {
            audit.outcome(audit.intend(intent), "refused", refused.sentence());
            throw refused;
        }
        transaction.executeWithoutResult(status -> {
            long id = audit.intend(intent);
            boolean asked = requests.request(Objects.requireNonNull(run.runId()), who.asRequester());
            audit.done(id, asked ? "asked to stop" : "had already ended");
        });
        return promise(run);
    }

    /** A process that has died stops nothing, so no stop is promised without heartbeats. */
    private String promise(RunSummary run) {
        Heartbeat heartbeat = leases.heartbeat(lease(run));
        return leases.takeoverIn(heartbeat)
                .map(left -> "A stop was requested. But no heartbeat has come for "
                        + Durations.words(Objects.requireNonNull(heartbeat.age()))
                        + ": if the process has died, the run does not stop. It can then be resumed in "
                        + Durations.words(left) + ".")
                .orElse("The run stops after the current chunk.");
    }

    private static String lease(RunSummary run) {
        return Leases.of(run.mode() == RunMode.DRY_RUN, Objects.requireNonNull(run.runId()));
    }

    private void refuseIfNotAtWork(RunSummary run) {
        if (run.status() != RunStatus.RUNNING) {
            throw new ExitException(
                    ExitCode.USAGE, "Run " + run.runId() + " is " + run.status() + ". There is nothing to stop.");
        }
        if (!leases.isHeld(lease(run))) {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "No process is working on this run. It probably died. Nothing is lost: resume it.");
        }
    }
}
