package io.creditrollover.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.creditrollover.decision.Action;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import io.creditrollover.rollover.Totals;
import io.creditrollover.rollover.UserGroups.UserGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a forecast.
 *
 * @param usersAwaitingPayment users losing credits despite a pending payment; counted as if it fails
 * @param expiredValuePaise estimate at today's price of the last paid plan
 * @param orphanedPayments paid payments without a user since the earliest window start
 * @param lines the same by action, reason and plan
 */
public record ForecastFigures(
        @JsonUnwrapped Totals totals,
        long usersAwaitingPayment,
        long expiredValuePaise,
        long orphanedPayments,
        List<Line> lines) {

    /** Returns the skipped users without a required notice; the skip limit does not count them. */
    long usersNotWarned() {
        return lines.stream()
                .filter(line -> line.reasonCode().equals(ReasonCode.NOT_WARNED.name()))
                .mapToLong(Line::users)
                .sum();
    }

    /**
     * Users of one action, reason and plan.
     *
     * @param action {@code rollover}, {@code expiry} or {@code skip}
     * @param planType of the deciding payment; null for none
     */
    public record Line(
            String action,
            String reasonCode,
            @Nullable String planType,
            long users,
            long creditsBefore,
            long creditsAfter,
            long expiredValuePaise) {
        private Line plus(Line other) {
            return new Line(
                    action,
                    reasonCode,
                    planType,
                    users + other.users,
                    creditsBefore + other.creditsBefore,
                    creditsAfter + other.creditsAfter,
                    expiredValuePaise + other.expiredValuePaise);
        }

        private Line worth(double paisePerCredit) {
            long value = Math.round((creditsBefore - creditsAfter) * paisePerCredit);
            return new Line(action, reasonCode, planType, users, creditsBefore, creditsAfter, value);
        }
    }

    /** Adds up user groups. Not thread-safe. */
    static final class Sum {
        private final RolloverPolicy policy;
        private final Map<String, Double> paisePerCredit;
        private final Map<String, Line> lines = new TreeMap<>();
        private final long[] expiredBySlice;
        private long awaiting;

        /** {@code paisePerCredit} is by plan type. */
        Sum(RolloverPolicy policy, Map<String, Double> paisePerCredit, int slices) {
            this.policy = policy;
            this.paisePerCredit = paisePerCredit;
            this.expiredBySlice = new long[slices];
        }

        void add(UserGroup group) {
            Verdict verdict = policy.decide(group.facts());
            if (group.slice() != null) {
                boolean expires = verdict instanceof RolloverDecision decision && decision.action() == Action.EXPIRY;
                expiredBySlice[group.slice()] += expires ? group.users() : 0;
                return;
            }
            Line line = line(group, verdict);
            lines.merge(line.action() + line.reasonCode() + line.planType(), line, Line::plus);
            if (group.awaitingPayment() && verdict instanceof RolloverDecision decision && decision.losesCredits()) {
                awaiting += group.users();
            }
        }

        /** Adds the sum of another thread. */
        void add(Sum other) {
            other.lines.forEach((key, line) -> lines.merge(key, line, Line::plus));
            awaiting += other.awaiting;
            for (int slice = 0; slice < expiredBySlice.length; slice++) {
                expiredBySlice[slice] += other.expiredBySlice[slice];
            }
        }

        List<Long> expiredBySlice() {
            return Arrays.stream(expiredBySlice).boxed().toList();
        }

        private Line line(UserGroup group, Verdict verdict) {
            if (verdict instanceof RolloverDecision decision) {
                String planType =
                        decision.evidence() == null ? null : decision.evidence().planType();
                return new Line(
                        decision.action().code(),
                        decision.reasonCode().name(),
                        planType,
                        group.users(),
                        group.users() * decision.creditsBefore(),
                        group.users() * decision.creditsAfter(),
                        0);
            }
            if (verdict instanceof Verdict.Skipped skipped) {
                return new Line("skip", skipped.reasonCode().name(), null, group.users(), 0, 0, 0);
            }
            throw new IllegalStateException("a forecast has no postponed users: " + verdict);
        }

        private double price(@Nullable String planType) {
            return planType == null ? 0 : paisePerCredit.getOrDefault(planType, 0.0);
        }

        ForecastFigures toForecast(long orphanedPayments) {
            // Rounds once a line: the result must not depend on the grouping of users.
            List<Line> all = lines.values().stream()
                    .map(line -> line.worth(price(line.planType())))
                    .toList();
            long before = all.stream().mapToLong(Line::creditsBefore).sum();
            long after = all.stream().mapToLong(Line::creditsAfter).sum();
            return new ForecastFigures(
                    new Totals(
                            users(all, Action.ROLLOVER.code()),
                            users(all, Action.EXPIRY.code()),
                            users(all, "skip"),
                            before,
                            after,
                            before - after),
                    awaiting,
                    all.stream().mapToLong(Line::expiredValuePaise).sum(),
                    orphanedPayments,
                    all);
        }

        private static long users(List<Line> lines, String action) {
            return lines.stream()
                    .filter(line -> line.action().equals(action))
                    .mapToLong(Line::users)
                    .sum();
        }
    }
}
