package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
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

    /**
     * Asks a run to stop after its current chunk.
     *
     * @throws ExitException 64 if the run is not RUNNING, 65 if no process works on it
     */
    void stop(long executionId, @Nullable String reason, Actor who) {
        Audit.Intent intent = new Audit.Intent(who, "stop", Operations.execution(executionId), reason);
        RunSummary run = rollovers.status(executionId);
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
    }

    private void refuseIfNotAtWork(RunSummary run) {
        if (run.status() != RunStatus.RUNNING) {
            throw new ExitException(
                    ExitCode.USAGE, "Run " + run.runId() + " is " + run.status() + ". There is nothing to stop.");
        }
        String lease = run.mode() == RunMode.DRY_RUN ? "dry-run-" + run.runId() : Leases.WRITER;
        if (!leases.isHeld(lease)) {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "No process is working on this run. It probably died. Nothing is lost: resume it.");
        }
    }
}
