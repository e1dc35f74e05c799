package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.ReinstateRequest;
import io.creditrollover.run.ReinstateService;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunRequest;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.UndoRequest;
import io.creditrollover.run.UndoService;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Common entry of API, console and schedule; writes the audit. Refusals throw {@link ExitException}. */
@OnlyWhenServing
@Component
class Operations {
    private final RolloverService rollovers;
    private final UndoService undos;
    private final ReinstateService reinstatements;
    private final BackgroundRuns background;
    private final Stops stops;
    private final Audit audit;
    private final ScheduleTimes schedule;

    Operations(
            RolloverService rollovers,
            UndoService undos,
            ReinstateService reinstatements,
            BackgroundRuns background,
            Stops stops,
            Audit audit,
            ScheduleTimes schedule) {
        this.schedule = schedule;
        this.rollovers = rollovers;
        this.undos = undos;
        this.reinstatements = reinstatements;
        this.background = background;
        this.stops = stops;
        this.audit = audit;
    }

    /**
     * @param date null for the current month
     * @param approve reason to pass safety limits; null for none
     * @param plan execution id of a dry run; null for none
     * @param reason for the audit, without passing limits; null for {@code approve}
     */
    record Order(
            @Nullable LocalDate date,
            boolean dryRun,
            @Nullable String approve,
            @Nullable Long plan,
            @Nullable String reason) {
        Order(@Nullable LocalDate date, boolean dryRun, @Nullable String approve, @Nullable Long plan) {
            this(date, dryRun, approve, plan, approve);
        }
    }

    /**
     * @param user null for all users
     * @param force undo even if a later month has run
     */
    record GiveBack(String reason, @Nullable String user, boolean force) {}

    StartResult run(Order order, Actor who) {
        LocalDate date = order.date() == null ? schedule.now().toLocalDate().withDayOfMonth(1) : order.date();
        String target = order.plan() == null ? date.toString() : date + ", dry run " + order.plan();
        String action = order.dryRun() ? "dry run" : order.plan() == null ? "run" : "run as planned";
        return begin(
                new Audit.Intent(who, action, target, order.reason()),
                order.dryRun(),
                (signal, progress) -> rollovers.run(new RunRequest(
                        order.date(),
                        order.dryRun(),
                        order.approve(),
                        order.plan(),
                        who.asRequester(),
                        signal,
                        progress)));
    }

    StartResult restart(long executionId, @Nullable String approve, @Nullable String reason, Actor who) {
        boolean dryRun = rollovers.status(executionId).mode() == RunMode.DRY_RUN;
        return begin(
                new Audit.Intent(who, "restart", execution(executionId), reason == null ? approve : reason),
                dryRun,
                (signal, progress) -> rollovers.restart(
                        executionId, new RunRequest(null, false, approve, null, who.asRequester(), signal, progress)));
    }

    StartResult undo(long executionId, GiveBack order, Actor who) {
        return begin(
                new Audit.Intent(
                        who,
                        order.user() == null ? "undo" : "undo for one user",
                        execution(executionId) + (order.user() == null ? "" : ", user " + order.user()),
                        order.reason()),
                false,
                (signal, progress) -> undos.undo(new UndoRequest(
                        executionId,
                        order.reason(),
                        false,
                        order.user() == null ? UndoRequest.Scope.everybody() : UndoRequest.Scope.user(order.user()),
                        order.force(),
                        who.asRequester(),
                        signal,
                        progress)));
    }

    /** Returns what an undo would add back; changes nothing. */
    RunOutcome previewUndo(long executionId, GiveBack order, Actor who) {
        try {
            return undos.undo(new UndoRequest(
                    executionId,
                    order.reason(),
                    true,
                    order.user() == null ? UndoRequest.Scope.everybody() : UndoRequest.Scope.user(order.user()),
                    order.force(),
                    who.asRequester(),
                    new StopSignal(),
                    Progress.SILENT));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ExitException(ExitCode.RETRY, "This server is stopping.", interrupted);
        }
    }

    /** @param date null for that of the latest expiry */
    record Goodwill(long userId, @Nullable LocalDate date, String reason) {}

    StartResult reinstate(Goodwill order, Actor who) {
        return begin(
                new Audit.Intent(who, "reinstate", "", order.userId(), order.reason()),
                false,
                (signal, progress) -> reinstatements.reinstate(new ReinstateRequest(
                        String.valueOf(order.userId()),
                        order.date(),
                        order.reason(),
                        false,
                        who.asRequester(),
                        signal,
                        progress)));
    }

    /** Reads only, so it is not in the audit. */
    RunSummary wouldReinstate(Goodwill order, Actor who) {
        try {
            return reinstatements
                    .reinstate(new ReinstateRequest(
                            String.valueOf(order.userId()),
                            order.date(),
                            order.reason(),
                            true,
                            who.asRequester(),
                            new StopSignal(),
                            Progress.SILENT))
                    .run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ExitException(ExitCode.RETRY, "This server is stopping.");
        }
    }

    /** Stops after the current chunk, in any process. Returns what will come of it. */
    String stop(long executionId, @Nullable String reason, Actor who) {
        String promise = stops.stop(executionId, reason, who);
        background.stop(executionId);
        return promise;
    }

    private StartResult begin(Audit.Intent intent, boolean dryRun, BackgroundRuns.Work work) {
        long id = audit.intend(intent);
        try {
            StartResult begun = background.begin(dryRun, work, outcome -> ended(id, outcome));
            String remark = begun.remark();
            audit.outcome(
                    id,
                    begun.working() ? "begun" : "nothing-done",
                    remark == null ? "began " + execution(begun.executionId()) : remark);
            return begun;
        } catch (ExitException refused) {
            audit.outcome(id, "refused", refused.sentence());
            throw refused;
        } catch (RuntimeException failure) {
            audit.outcome(id, "failed", "it could not start: " + failure.getMessage());
            throw failure;
        }
    }

    private void ended(long intentId, RunOutcome outcome) {
        String said = outcome.sentence();
        RunStatus status = outcome.run().status();
        audit.outcome(
                intentId,
                status == RunStatus.RUNNING ? "failed" : status.name().toLowerCase(Locale.ROOT),
                execution(outcome.run().executionId()) + " is " + status + (said == null ? "" : ": " + said));
    }

    static String execution(@Nullable Long executionId) {
        return "execution " + executionId;
    }
}
