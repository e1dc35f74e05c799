package io.creditrollover.notice;

import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.rollover.UserForecasts;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides whom to tell, in pages. Keeps no position: killed, the next call starts again and changes nothing that is
 * planned already.
 */
@Component
class NoticePlanner {
    private static final int PAGE = 5_000;

    private final UserForecasts forecasts;
    private final NoticePlans plans;
    private final EndedRuns runs;

    NoticePlanner(UserForecasts forecasts, NoticePlans plans, EndedRuns runs) {
        this.forecasts = forecasts;
        this.plans = plans;
        this.runs = runs;
    }

    /**
     * Plans a notice for each user who would lose credits.
     *
     * @param policy of the date; requires no notice, since these are what it would require
     * @return the number of new notices
     */
    long expiring(RolloverPolicy policy, String lead, List<String> channels, boolean dryRun, StopSignal signal) {
        long[] planned = {0};
        forecasts.forEachPage(policy, page -> {
            List<RolloverDecision> losses = losses(page);
            if (!losses.isEmpty() && !signal.isRequested()) {
                planned[0] += dryRun
                        ? plans.countExpiring(policy.date(), lead, channels, losses)
                        : plans.expiring(policy.date(), lead, channels, losses);
            }
        });
        return planned[0];
    }

    /** Ends what is no longer due; see {@link NoticePlans#supersede}. */
    void supersede(LocalDate next, String lead) {
        plans.supersede(next, lead);
    }

    private static List<RolloverDecision> losses(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(RolloverDecision.class::isInstance)
                .map(RolloverDecision.class::cast)
                .filter(RolloverDecision::losesCredits)
                .toList();
    }

    /** Plans a notice for each expiry, reversal and reinstatement of ended runs; see {@link EndedRuns#unplanned}. */
    long recorded(String channel, @Nullable LocalDate date, boolean dryRun, StopSignal signal) {
        if (!dryRun) {
            runs.begin(channel);
        }
        long planned = 0;
        for (EndedRuns.EndedRun run : runs.unplanned(channel, date)) {
            List<Long> events = runs.events(run);
            for (int from = 0; from < events.size() && !signal.isRequested(); from += PAGE) {
                List<Long> page = events.subList(from, Math.min(events.size(), from + PAGE));
                planned += dryRun ? page.size() : plans.recorded(page, List.of(channel));
            }
            if (!dryRun && !signal.isRequested()) {
                runs.markPlanned(run, channel);
            }
        }
        return planned;
    }
}
