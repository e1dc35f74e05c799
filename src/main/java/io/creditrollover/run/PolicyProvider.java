package io.creditrollover.run;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.PlanTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The configured policy, compared with a run's stored one. */
@Component
public class PolicyProvider {
    private final RunRepository runs;
    private final RolloverProperties properties;
    private final PlanTypes planTypes;
    private final DatabaseClock clock;
    private final NoticeProperties notices;

    PolicyProvider(
            RunRepository runs,
            RolloverProperties properties,
            PlanTypes planTypes,
            DatabaseClock clock,
            NoticeProperties notices) {
        this.runs = runs;
        this.properties = properties;
        this.planTypes = planTypes;
        this.clock = clock;
        this.notices = notices;
    }

    /** Returns today in the business zone, by the database's clock. */
    LocalDate today() {
        return LocalDate.ofInstant(clock.now(), properties.zone());
    }

    /** Returns the current month's rollover date in the business zone. */
    LocalDate currentDate() {
        return today().withDayOfMonth(1);
    }

    /** Returns the policy of any month. Rejects (78) plans that are not those of the host; see {@link PlanTypes}. */
    public RolloverPolicy configured(LocalDate date) {
        RolloverPolicy policy = new RolloverPolicy(
                date,
                properties.zone(),
                planTypes.inForce(),
                onSale(),
                properties.pendingGrace(),
                Set.copyOf(properties.host().unpaidStatuses()));
        return policy.warnBy(warnBy(policy));
    }

    /** A notice that is required since the run began is required for the users that remain. */
    private RolloverPolicy strict(RolloverPolicy stored) {
        return stored.warnBy() == null ? stored.warnBy(warnBy(stored)) : stored;
    }

    private @Nullable Instant warnBy(RolloverPolicy policy) {
        return notices.required() ? policy.cutoff().minus(notices.minLead()) : null;
    }

    /** Returns the stored policy, to resume a run with events. Rejects (78) keys with another value now. */
    RolloverPolicy stored(RolloverRun run) {
        StoredPolicy stored = StoredPolicy.parse(run.policy());
        List<String> differences = stored.differences(StoredPolicy.of(configured(run.date())));
        if (!differences.isEmpty()) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "Run " + run.id() + " of " + run.date() + " started under another policy: "
                            + String.join("; ", differences)
                            + ". Set the old values again to resume it, or undo the run.");
        }
        return strict(stored.on(run.date(), onSale()));
    }

    /** Returns the stored policy of a run, whatever the configuration. */
    public RolloverPolicy ofRun(long runId) {
        return Objects.requireNonNull(ofRuns(Set.of(runId)).get(runId), "no such run");
    }

    /** As {@link #ofRun}, by run id. Leaves out unknown ids. */
    public Map<Long, RolloverPolicy> ofRuns(Collection<Long> runIds) {
        Set<String> onSale = onSale();
        return runs.withIds(runIds).stream()
                .collect(Collectors.toMap(
                        RolloverRun::id,
                        run -> strict(StoredPolicy.parse(run.policy()).on(run.date(), onSale))));
    }

    private Set<String> onSale() {
        return Set.copyOf(planTypes.onSale());
    }
}
