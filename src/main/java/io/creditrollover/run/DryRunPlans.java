package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.rollover.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Binds a live run to a reviewed dry run: same date and policy, under a day old, used once, no credits changed since.
 */
@Component
class DryRunPlans {
    private static final String TOLERANCE = "rollover.safety.plan-tolerance-percent";
    private static final Duration FRESH = Duration.ofDays(1);

    private final RunRepository runs;
    private final RunLookup lookup;
    private final JobExecutions executions;
    private final DatabaseClock clock;
    private final JdbcClient jdbc;
    private final Ratio tolerance;

    DryRunPlans(
            RunRepository runs,
            RunLookup lookup,
            JobExecutions executions,
            DatabaseClock clock,
            JdbcClient jdbc,
            RolloverProperties properties) {
        this.runs = runs;
        this.lookup = lookup;
        this.executions = executions;
        this.clock = clock;
        this.jdbc = jdbc;
        this.tolerance = Ratio.ofPercent(properties.safety().planTolerancePercent());
    }

    /**
     * @param forRunId the run to carry it out; empty for a new one
     * @throws ExitException 64 if it is not a complete dry run of the date; 65 if it is used, stale or overtaken
     */
    RolloverRun require(long executionId, RolloverPolicy policy, OptionalLong forRunId) {
        RolloverRun plan = lookup.findByExecution(executionId)
                .filter(run -> run.mode() == RunMode.DRY_RUN && run.status() == RunStatus.COMPLETED)
                .orElseThrow(() -> new ExitException(
                        ExitCode.USAGE, "Execution " + executionId + " is not a completed dry run. --plan needs one."));
        requireStillGood(plan, policy, forRunId, executionId);
        return plan;
    }

    /** Checks the stored plan of a resumed run. Rejects (65) one that is used, stale or overtaken. */
    void requireStillGood(long planRunId, RolloverPolicy policy, long forRunId) {
        RolloverRun plan = runs.find(planRunId).orElseThrow();
        long executionId = executions.latest(plan).orElse(0L);
        requireStillGood(plan, policy, OptionalLong.of(forRunId), executionId);
    }

    private void requireStillGood(RolloverRun plan, RolloverPolicy policy, OptionalLong forRunId, long executionId) {
        if (!plan.date().equals(policy.date())) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "The dry run " + executionId + " is for " + plan.date() + ", not for " + policy.date() + ".");
        }
        obstacle(plan, policy, forRunId).ifPresent(why -> {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "The dry run " + executionId + " cannot be carried out: " + why + ". Start a new dry run, or use"
                            + " --approve REASON instead.");
        });
    }

    private Optional<String> obstacle(RolloverRun plan, RolloverPolicy policy, OptionalLong forRunId) {
        List<String> differences = StoredPolicy.parse(plan.policy()).differences(StoredPolicy.of(policy));
        if (!differences.isEmpty()) {
            return Optional.of("the policy changed since then: " + String.join("; ", differences));
        }
        Instant finished = plan.finishedAt() == null ? plan.startedAt() : plan.finishedAt();
        if (finished.isBefore(clock.now().minus(FRESH))) {
            return Optional.of("it is more than a day old");
        }
        if (usedByAnother(plan.id(), forRunId)) {
            return Optional.of("it was already carried out");
        }
        return wroteSince(plan) ? Optional.of("another run changed credits since then") : Optional.empty();
    }

    private boolean usedByAnother(long planRunId, OptionalLong forRunId) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_runs
                                       where plan_run_id = :plan and id <> :runId)
                        """)
                .param("plan", planRunId)
                .param("runId", forRunId.orElse(0))
                .query(Boolean.class)
                .single();
    }

    private boolean wroteSince(RolloverRun plan) {
        return jdbc.sql("""
                        select exists (
                            select from credit_rollover_runs r
                            where r.mode <> 'dry-run' and coalesce(r.finished_at, 'infinity') > p.started_at
                              and exists (select from credit_rollover_events e
                                          where e.run_id = r.id and e.rollover_date = r.rollover_date
                                            and e.created_at > p.started_at))
                        from credit_rollover_runs p where p.id = :plan
                        """).param("plan", plan.id()).query(Boolean.class).single();
    }

    /** Returns the totals beyond the plan's tolerance. */
    List<ExceededLimit> drift(long planRunId, Totals now) {
        Totals planned = runs.find(planRunId).orElseThrow().figures();
        return List.of(
                        new Figure("users rolled over", planned.usersRolledOver(), now.usersRolledOver()),
                        new Figure("users expired", planned.usersExpired(), now.usersExpired()),
                        new Figure("credits rolled over", planned.creditsRolledOver(), now.creditsRolledOver()),
                        new Figure("credits expired", planned.creditsExpired(), now.creditsExpired()))
                .stream()
                .filter(figure -> !figure.holds(tolerance))
                .map(figure -> new ExceededLimit(
                        TOLERANCE, figure.name() + ": planned " + figure.planned() + ", now " + figure.now()))
                .toList();
    }

    private record Figure(String name, long planned, long now) {
        boolean holds(Ratio tolerance) {
            return !Ratio.of(Math.abs(now - planned), 1)
                    .isGreaterThan(Ratio.of(planned, 1).times(tolerance));
        }
    }
}
