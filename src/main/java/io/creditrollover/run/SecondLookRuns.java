package io.creditrollover.run;

import static java.util.stream.Collectors.joining;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.reinstate.SecondLook;
import io.creditrollover.undo.LockedEvents;
import io.creditrollover.undo.ReversalForecast;
import io.creditrollover.undo.Review;
import io.creditrollover.undo.UndoContext;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The second look at one run: a run of its own, or a report of what it would do. */
@Component
class SecondLookRuns {
    private static final int MAX_LISTED = 1_000;
    private static final int MAX_NAMED = 10;

    private final RunLookup lookup;
    private final RunExecutor attempts;
    private final PolicyProvider policies;
    private final Reinstatements reinstatements;
    private final ReinstateJob job;
    private final Snapshots snapshots;
    private final JdbcClient jdbc;
    private final Period renewalWindow;

    SecondLookRuns(
            RunLookup lookup,
            RunExecutor attempts,
            PolicyProvider policies,
            Reinstatements reinstatements,
            ReinstateJob job,
            Snapshots snapshots,
            JdbcClient jdbc,
            RolloverProperties properties) {
        this.lookup = lookup;
        this.attempts = attempts;
        this.policies = policies;
        this.reinstatements = reinstatements;
        this.job = job;
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.renewalWindow = properties.reinstatement().window();
    }

    SecondLookOutcome.OneRun reinstate(
            RolloverRun run, HeldLease lease, FencingGuard guard, SecondLookRequest request) {
        long id = reinstatements.open(run, null, request.requestedBy(), null, guard);
        UndoContext order = new UndoContext(
                id,
                run.id(),
                null,
                run.date(),
                UndoContext.Action.REINSTATEMENT,
                review(run),
                new LockedEvents(),
                guard,
                request.signal());
        RunOutcome ended = attempts.execute(id, job.of(order), RunStatus.FAILED, lease, guard, request.progress());
        List<Long> listed = reinstatements.boughtMeanwhile(id);
        RunSummary summary = ended.run();
        String done = "The second look at run " + run.id() + " of " + run.date() + " reinstated "
                + summary.creditsReinstated() + " credits of " + summary.usersReinstated() + " users."
                + sentence(listed);
        return new SecondLookOutcome.OneRun(
                new RunOutcome(summary, ended.exitCode(), ended.sentence() == null ? done : ended.sentence()),
                listed.stream().limit(MAX_LISTED).toList(),
                listed.size());
    }

    /** Reads only. */
    SecondLookOutcome.OneRun wouldReinstate(RolloverRun run) {
        Review review = review(run);
        ReversalForecast forecast =
                snapshots.read(() -> ReversalForecast.ofReinstatement(jdbc, run.id(), null, review));
        List<Long> listed = forecast.listed();
        RunOutcome outcome = new RunOutcome(
                lookup.summary(run).asReversal(RunMode.REINSTATE, forecast.users(), forecast.credits(), listed.size()),
                ExitCode.OK,
                "A second look at run " + run.id() + " of " + run.date() + " would reinstate " + forecast.credits()
                        + " credits of " + forecast.users() + " users. Nothing was changed." + sentence(listed));
        return new SecondLookOutcome.OneRun(
                outcome, listed.stream().limit(MAX_LISTED).toList(), listed.size());
    }

    private Review review(RolloverRun run) {
        RolloverPolicy policy = policies.ofRun(run.id());
        Instant renewalsUntil =
                policy.date().plus(renewalWindow).atStartOfDay(policy.zone()).toInstant();
        return new SecondLook(jdbc, policy, renewalsUntil);
    }

    private static String sentence(List<Long> listed) {
        if (listed.isEmpty()) {
            return "";
        }
        String named = listed.stream().limit(MAX_NAMED).map(String::valueOf).collect(joining(", "));
        return " " + listed.size()
                + " users bought credits between the cut-off and their decision that were not counted"
                + " (BOUGHT_MEANWHILE): " + named + (listed.size() > MAX_NAMED ? " and more" : "")
                + "; a person reinstates them by reinstate USER.";
    }
}
