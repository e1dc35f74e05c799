package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.Rollovers;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunRequest;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.UndoRequest;
import io.creditrollover.run.Undos;
import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Starts, restarts, stops and undoes, and keeps the record of it. API, dashboard and schedule all come this way. What is
 * refused throws {@link ExitException}, as the facades of {@code run} do.
 */
@OnlyWhenServing
@Component
class Operations {
    private final Rollovers rollovers;
    private final Undos undos;
    private final BackgroundRuns background;
    private final Audit audit;

    Operations(Rollovers rollovers, Undos undos, BackgroundRuns background, Audit audit) {
        this.rollovers = rollovers;
        this.undos = undos;
        this.background = background;
        this.audit = audit;
    }

    /**
     * What to run.
     *
     * @param date null for the current month
     * @param approve why limits may be passed; null where they may not
     * @param plan an execution of the dry run to carry out; null for none
     */
    record Order(
            @Nullable LocalDate date,
            boolean dryRun,
            @Nullable String approve,
            @Nullable Long plan) {}

    /**
     * What to give back.
     *
     * @param user the one user to give back to; null for everybody
     * @param force although a later month has run
     */
    record GiveBack(String reason, @Nullable String user, boolean force) {}

    Begun run(Order order, Who who) {
        String target = order.date() == null ? "current month" : order.date().toString();
        String action = order.dryRun() ? "dry run" : order.plan() == null ? "run" : "run as planned";
        return begin(
                who,
                action,
                target,
                order.approve(),
                (signal, progress) -> rollovers.run(new RunRequest(
                        order.date(),
                        order.dryRun(),
                        order.approve(),
                        order.plan(),
                        who.asRequester(),
                        signal,
                        progress)));
    }

    Begun restart(long executionId, @Nullable String approve, @Nullable String reason, Who who) {
        return begin(
                who,
                "restart",
                execution(executionId),
                reason == null ? approve : reason,
                (signal, progress) -> rollovers.restart(
                        executionId, new RunRequest(null, false, approve, null, who.asRequester(), signal, progress)));
    }

    Begun undo(long executionId, GiveBack order, Who who) {
        return begin(
                who,
                "undo",
                execution(executionId),
                order.reason(),
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

    /** Asks the run of an execution to stop after the chunk at hand. */
    void stop(long executionId, @Nullable String reason, Who who) {
        recorded(who, "stop", execution(executionId), reason, () -> {
            RunSummary run = rollovers.status(executionId);
            if (run.status() != RunStatus.RUNNING) {
                throw new ExitException(
                        ExitCode.USAGE, "Run " + run.runId() + " is " + run.status() + "; there is nothing to stop.");
            }
            if (!background.stop(Objects.requireNonNull(run.executionId()))) {
                throw new ExitException(
                        ExitCode.REFUSED,
                        "Run " + run.runId() + " is not at work in this server; stop the process of "
                                + run.requestedBy() + ".");
            }
            return "asked to stop";
        });
    }

    private Begun begin(Who who, String action, String target, @Nullable String reason, BackgroundRuns.Work work) {
        Begun[] begun = new Begun[1];
        recorded(who, action, target, reason, () -> {
            begun[0] = background.begin(work, atTheEnd(who, action));
            String remark = begun[0].remark();
            return remark == null ? "began " + execution(begun[0].executionId()) : remark;
        });
        return begun[0];
    }

    private Consumer<RunOutcome> atTheEnd(Who who, String action) {
        return outcome -> {
            String said = outcome.sentence();
            audit.append(
                    who,
                    action + " ended",
                    execution(outcome.run().executionId()),
                    null,
                    outcome.run().status() + (said == null ? "" : ": " + said));
        };
    }

    private void recorded(Who who, String action, String target, @Nullable String reason, Supplier<String> act) {
        try {
            audit.append(who, action, target, reason, act.get());
        } catch (ExitException refused) {
            audit.append(who, action, target, reason, "refused: " + refused.sentence());
            throw refused;
        }
    }

    static String execution(@Nullable Long executionId) {
        return "execution " + executionId;
    }
}
