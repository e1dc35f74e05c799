package io.creditrollover.run;

import io.creditrollover.host.ConnectionCheck;
import io.creditrollover.host.Finding;
import io.creditrollover.host.HostSurvey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code doctor} found.
 *
 * @param statuses what payments hold; empty where they cannot be read
 * @param sample what a run would decide now about some users
 * @param connections by use
 */
public record Diagnosis(
        List<Finding> findings,
        List<HostSurvey.Status> statuses,
        List<HostSurvey.PlanType> planTypes,
        List<Sample> sample,
        Map<String, ConnectionCheck.Way> connections) {
    /**
     * One user.
     *
     * @param action {@code rollover}, {@code expiry}, {@code skip} or {@code wait}
     * @param creditsBefore null where nothing is decided
     */
    public record Sample(
            long userId,
            String action,
            @Nullable String reasonCode,
            @Nullable Integer creditsBefore,
            @Nullable Integer creditsAfter) {}

    /** Returns what a run would be refused for. */
    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }
}
