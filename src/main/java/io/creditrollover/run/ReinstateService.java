package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reinstates one user's expiry by a person's decision, in the caller's thread, under the lease of runs. */
@Component
public class ReinstateService {
    private final RolloverProperties properties;
    private final Readiness readiness;
    private final Leases leases;
    private final RunAdmission admission;
    private final Users users;
    private final Reinstatements reinstatements;
    private final GoodwillRuns goodwill;

    ReinstateService(
            RolloverProperties properties,
            Readiness readiness,
            Leases leases,
            RunAdmission admission,
            Users users,
            Reinstatements reinstatements,
            GoodwillRuns goodwill) {
        this.properties = properties;
        this.readiness = readiness;
        this.leases = leases;
        this.admission = admission;
        this.users = users;
        this.reinstatements = reinstatements;
        this.goodwill = goodwill;
    }

    /**
     * Reinstates what remains of the user's latest expiry, of any month, of an undone run too.
     *
     * @throws ExitException 64 for an unknown user or nothing left; 65 while an undo is unfinished; 75 while another
     *     process works
     */
    public RunOutcome reinstate(ReinstateRequest request) throws InterruptedException {
        readiness.forReading();
        LocalDate date = request.date() == null ? null : admission.date(request.date(), false);
        long userId = users.find(request.user());
        Reinstatements.Expiry expiry = left(userId, date);
        if (request.dryRun()) {
            return goodwill.wouldReinstate(expiry, userId);
        }
        if (properties.dryRun()) {
            throw usage("rollover.dry-run is true, so nothing can be reinstated.");
        }
        readiness.forLiveRun(request.requestedBy(), request.signal());
        try (HeldLease lease = leases.acquire(Leases.WRITER, request.requestedBy(), request.signal())) {
            FencingGuard guard = leases.guard(lease.token());
            admission.closeDeadReinstatement(guard);
            admission.refuseWhileUndoIsDead();
            // Another process may have reinstated it until now.
            return goodwill.reinstate(left(userId, date), userId, lease, guard, request);
        }
    }

    private Reinstatements.Expiry left(long userId, @Nullable LocalDate date) {
        Reinstatements.Expiry expiry = reinstatements
                .latest(userId, date)
                .orElseThrow(() -> usage("Nothing of user " + userId + " expired" + (date == null ? "" : " on " + date)
                        + "; there is nothing to reinstate."));
        if (expiry.missing() > 0 && expiry.reinstated()) {
            throw usage("What expired of user " + userId + " on " + expiry.date()
                    + " was reinstated in part already, and an expiry is reinstated once. " + remedy(expiry, userId));
        }
        if (expiry.missing() <= 0) {
            throw usage("What expired of user " + userId + " on " + expiry.date()
                    + " was reinstated or reversed already. Nothing is left to reinstate.");
        }
        if (!reinstatements.isThere(userId)) {
            throw usage("User " + userId + " was deleted by the application; there is no balance to add to.");
        }
        return expiry;
    }

    /** An undone run is not undone again, not even for the users to whom the undo could not add. */
    private static String remedy(Reinstatements.Expiry expiry, long userId) {
        return expiry.undone()
                ? "Run " + expiry.runId() + " is undone, so no command adds the other " + expiry.missing()
                        + " credits; add them in the application."
                : "To add the other " + expiry.missing() + " credits, call undo EXECUTION_ID --user " + userId
                        + " with an execution of run " + expiry.runId() + ".";
    }

    private static ExitException usage(String sentence) {
        return new ExitException(ExitCode.USAGE, sentence);
    }
}
