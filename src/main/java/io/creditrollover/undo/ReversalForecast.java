package io.creditrollover.undo;

import io.creditrollover.decision.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a reinstatement would do: users with credits to add back, and ids of users to list. */
public record ReversalForecast(long users, long credits, List<Long> listed) {
    private static final int PAGE = 1_000;

    /** Reviews a run's events without locks, in the caller's snapshot: needs the timeouts of a long read. */
    public static ReversalForecast ofReinstatement(
            JdbcClient jdbc, long runId, @Nullable Long onlyUserId, Review review) {
        ReversibleEvents.Scope scope =
                new ReversibleEvents.Scope(0, runId, onlyUserId, UndoContext.Action.REINSTATEMENT);
        long users = 0;
        long credits = 0;
        List<Long> listed = new ArrayList<>();
        EventIds candidates = review.candidates(runId);
        List<ReversibleEvent> page = ReversibleEvents.page(jdbc, scope, candidates, 0, PAGE);
        while (!page.isEmpty()) {
            List<Reviewed> reviewed = review.of(page);
            users += reviewed.stream().filter(r -> r.credits() > 0).count();
            credits += reviewed.stream().mapToLong(Reviewed::credits).sum();
            reviewed.stream()
                    .map(Reviewed::listed)
                    .filter(Objects::nonNull)
                    .map(Verdict.Skipped::userId)
                    .forEach(listed::add);
            page = ReversibleEvents.page(
                    jdbc, scope, candidates, page.get(page.size() - 1).eventId(), PAGE);
        }
        return new ReversalForecast(users, credits, listed);
    }
}
