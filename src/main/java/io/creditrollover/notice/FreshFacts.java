package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import io.creditrollover.notice.NoticeRows.Closed;
import io.creditrollover.rollover.UserForecasts;
import io.creditrollover.run.ForecastService;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Reads the facts of planned notices again, just before they are sent. Reads only. */
@Component
class FreshFacts {
    private final JdbcClient jdbc;
    private final UserForecasts forecasts;
    private final ForecastService policies;
    private final HostColumns columns;
    private final @Nullable String optOut;
    private final Map<LocalDate, RolloverPolicy> known = new ConcurrentHashMap<>();

    FreshFacts(
            JdbcClient jdbc,
            UserForecasts forecasts,
            ForecastService policies,
            HostColumns columns,
            NoticeProperties notices) {
        this.jdbc = jdbc;
        this.forecasts = forecasts;
        this.policies = policies;
        this.columns = columns;
        this.optOut = notices.optOut();
    }

    /**
     * @param toSend still true
     * @param closed no longer true, or unwanted
     */
    record Checked(List<Notice> toSend, List<Closed> closed) {}

    /**
     * Omits users with a pending payment: they stay planned.
     *
     * @param next the first rollover date to come; expiries of earlier dates are not announced
     */
    Checked check(List<PlannedNotice> planned, LocalDate next) {
        Set<Long> optedOut = columns.optedOut(optOut, users(planned));
        Map<Long, Event> events = events(planned);
        Map<LocalDate, Map<Long, Verdict>> verdicts = verdicts(planned);
        List<Notice> toSend = new ArrayList<>();
        List<Closed> closed = new ArrayList<>();
        for (PlannedNotice notice : planned) {
            if (isPast(notice, next)) {
                closed.add(new Closed(notice.id(), "superseded", "The cut-off has passed."));
            } else if (optedOut.contains(notice.userId())) {
                closed.add(new Closed(notice.id(), "skipped", "The user opted out."));
            } else if (notice.kind() == NoticeKind.EXPIRING) {
                expiring(
                        notice, policy(notice), verdicts.getOrDefault(notice.rolloverDate(), Map.of()), toSend, closed);
            } else {
                recorded(notice, events.get(notice.eventId()), toSend, closed);
            }
        }
        return new Checked(toSend, closed);
    }

    /** A delivery of many mails can last beyond the cut-off. */
    private static boolean isPast(PlannedNotice notice, LocalDate next) {
        return notice.kind() == NoticeKind.EXPIRING && notice.rolloverDate().isBefore(next);
    }

    private static void expiring(
            PlannedNotice notice,
            RolloverPolicy policy,
            Map<Long, Verdict> verdicts,
            List<Notice> toSend,
            List<Closed> closed) {
        Verdict verdict = verdicts.get(notice.userId());
        if (verdict instanceof RolloverDecision decision && decision.losesCredits()) {
            toSend.add(new Notice(
                    notice.id(),
                    notice.messageId(),
                    notice.userId(),
                    notice.rolloverDate(),
                    notice.kind(),
                    notice.lead(),
                    decision.creditsBefore(),
                    decision.creditsAfter(),
                    decision.action().code(),
                    decision.reasonCode().name(),
                    new Notice.Expected(policy, decision),
                    null));
        } else if (verdict instanceof RolloverDecision kept) {
            closed.add(notNeeded(
                    notice,
                    "The credits would roll over now (" + kept.reasonCode().name() + ")."));
        } else if (verdict instanceof Verdict.Skipped skipped) {
            closed.add(notNeeded(
                    notice,
                    "The user would be skipped now (" + skipped.reasonCode().name() + ")."));
        } else if (verdict == null) {
            closed.add(notNeeded(notice, "The user has no credits, or was deleted."));
        }
    }

    private static void recorded(
            PlannedNotice notice, @Nullable Event event, List<Notice> toSend, List<Closed> closed) {
        if (event == null || !event.present()) {
            closed.add(notNeeded(notice, "The user was deleted."));
        } else if (event.reversed()) {
            closed.add(notNeeded(notice, "The credits were added back."));
        } else {
            toSend.add(new Notice(
                    notice.id(),
                    notice.messageId(),
                    notice.userId(),
                    notice.rolloverDate(),
                    notice.kind(),
                    notice.lead(),
                    notice.creditsBefore(),
                    notice.creditsAfter(),
                    event.action(),
                    notice.reasonCode(),
                    null,
                    event.runId()));
        }
    }

    private static Closed notNeeded(PlannedNotice notice, String reason) {
        return new Closed(notice.id(), "not-needed", reason);
    }

    private Map<LocalDate, Map<Long, Verdict>> verdicts(List<PlannedNotice> planned) {
        Map<LocalDate, List<Long>> byDate = planned.stream()
                .filter(notice -> notice.kind() == NoticeKind.EXPIRING)
                .collect(Collectors.groupingBy(
                        PlannedNotice::rolloverDate, Collectors.mapping(PlannedNotice::userId, Collectors.toList())));
        Map<LocalDate, Map<Long, Verdict>> verdicts = new HashMap<>();
        byDate.forEach((date, users) -> {
            verdicts.put(
                    date,
                    forecasts.of(known.computeIfAbsent(date, this::configured), users).stream()
                            .collect(Collectors.toMap(Verdict::userId, Function.identity())));
        });
        return verdicts;
    }

    private RolloverPolicy policy(PlannedNotice notice) {
        return known.computeIfAbsent(notice.rolloverDate(), this::configured);
    }

    /** Without the requirement: these are the notices that it would require. */
    private RolloverPolicy configured(LocalDate date) {
        return policies.policy(date).warnBy(null);
    }

    /** Forgets policies, at the beginning of a delivery. */
    void refresh() {
        known.clear();
    }

    /**
     * @param reversed whether a later event added the credits back
     * @param present whether the host still has the user
     */
    record Event(long id, String action, long runId, boolean reversed, boolean present) {}

    private Map<Long, Event> events(List<PlannedNotice> planned) {
        List<Long> ids = planned.stream()
                .map(PlannedNotice::eventId)
                .filter(java.util.Objects::nonNull)
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbc.sql("""
                        select e.id, e.action, e.run_id,
                               exists (select from credit_rollover_events v where v.reverses = e.id) as reversed,
                               exists (select from users u where u.id = e.user_id) as present
                        from credit_rollover_events e where e.id = any (:ids::bigint[])
                        """).param("ids", new SqlArrayValue("int8", ids.toArray())).query(Event.class).list().stream()
                .collect(Collectors.toMap(Event::id, Function.identity()));
    }

    private static Collection<Long> users(List<PlannedNotice> planned) {
        return planned.stream().map(PlannedNotice::userId).toList();
    }
}
