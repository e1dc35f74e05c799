package io.creditrollover.run;

import io.creditrollover.host.ConnectionCheck;
import io.creditrollover.host.Finding;
import io.creditrollover.host.HostSurvey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code doctor}.
 *
 * @param statuses payment statuses in use; empty if unreadable
 * @param sample current decisions for some users
 * @param connections by use
 */
public record Diagnosis(
        List<Finding> findings,
        List<HostSurvey.Status> statuses,
        List<HostSurvey.PlanType> planTypes,
        List<Sample> sample,
        Map<String, ConnectionCheck.Way> connections) {
    /**
     * The decision for one user.
     *
     * @param action {@code rollover}, {@code expiry}, {@code skip} or {@code postponed}
     * @param creditsBefore null if undecided
     */
    public record Sample(
            long userId,
            String action,
            @Nullable String reasonCode,
            @Nullable Integer creditsBefore,
            @Nullable Integer creditsAfter) {}

    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }
}
