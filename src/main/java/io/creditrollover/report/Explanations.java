package io.creditrollover.report;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.DatabaseClock;
import io.creditrollover.run.ForecastService;
import io.creditrollover.run.PolicyProvider;
import io.creditrollover.run.Snapshots;
import io.creditrollover.run.Users;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Explains users: past months by recorded evidence, the next one by a forecast. PostgreSQL enforces READ ONLY. Safe for
 * use by several threads.
 */
@Component
public class Explanations {
    private final Users users;
    private final ForecastService forecasts;
    private final Snapshots snapshots;
    private final UserHistory history;
    private final DatabaseClock clock;
    private final PolicyProvider policies;

    Explanations(
            Users users,
            ForecastService forecasts,
            Snapshots snapshots,
            UserHistory history,
            DatabaseClock clock,
            PolicyProvider policies) {
        this.users = users;
        this.forecasts = forecasts;
        this.snapshots = snapshots;
        this.history = history;
        this.clock = clock;
        this.policies = policies;
    }

    /**
     * Explains a user.
     *
     * @param idOrPhone {@code users.id} or the whole phone number
     * @param date a rollover date; null for all past ones and the next
     * @throws ExitException 64 for an unknown or ambiguous user, or a date other than the 1st of a month
     */
    public Explanation of(String idOrPhone, @Nullable LocalDate date) {
        forecasts.requireReadable();
        if (date != null) {
            forecasts.requireDate(date);
        }
        return explanation(users.find(idOrPhone), date);
    }

    /** As {@link #of}, for all months, by id only: never ambiguous with a phone number. Rejects (64) no such id. */
    public Explanation ofId(long userId) {
        forecasts.requireReadable();
        return explanation(users.requireId(userId), null);
    }

    /** As {@link #ofId}, one user after the other: reads the catalogue once. */
    public Stream<Explanation> ofIds(Collection<Long> userIds) {
        forecasts.requireReadable();
        return userIds.stream().map(userId -> explanation(users.requireId(userId), null));
    }

    private Explanation explanation(long userId, @Nullable LocalDate date) {
        List<Explanation.Month> months = snapshots.read(() -> months(userId, history.entries(userId, date)));
        UserHistory.Person person = history.person(userId);
        boolean asksForNext = person.credits() != null && (date == null || !forecasts.hasRun(date));
        Explanation.Next next = asksForNext ? next(userId, date, person.credits()) : null;
        return new Explanation(userId, person.phone(), person.credits(), months, history.notices(userId, date), next);
    }

    /** Explains a decision that a run would make at {@code now}, in the words of {@link #of}. */
    public Explanation.Next expected(RolloverPolicy policy, RolloverDecision decision, Instant now) {
        CustomerExplanation text = new CustomerExplanation(policy, false);
        return next(
                policy,
                decision.action().code(),
                decision.creditsAfter(),
                decision.reasonCode().name(),
                text.of(facts(decision, policy, payments(policy, decision))),
                text.advice(decision.losesCredits(), now));
    }

    /** Explains a decision as if a run had made it, in the words of {@link #recorded}. */
    public String past(RolloverPolicy policy, RolloverDecision decision) {
        CustomerExplanation text = new CustomerExplanation(policy, true);
        return text.of(facts(decision, policy, payments(policy, decision)));
    }

    /** Explains what a run recorded about a user, in the words of {@link #of}; empty for no event. */
    public Optional<String> recorded(long userId, LocalDate date, long runId) {
        return snapshots.read(() -> history.entries(userId, date).stream()
                .filter(entry -> entry.runId() == runId && entry.before() != null)
                .findFirst()
                .map(entry -> months(userId, List.of(entry)).get(0).text()));
    }

    /** Reads the policies of all months with one query, and the payments with another. */
    private List<Explanation.Month> months(long userId, List<UserHistory.Entry> entries) {
        Map<Long, RolloverPolicy> stored = policies.ofRuns(
                entries.stream().map(UserHistory.Entry::runId).distinct().toList());
        List<PaymentPeriod> periods = entries.stream()
                .map(entry -> PaymentPeriod.of(policy(stored, entry), entry.paymentId()))
                .toList();
        Iterator<List<Payment>> payments = history.payments(userId, periods).iterator();
        return entries.stream()
                .map(entry -> month(entry, policy(stored, entry), payments.next()))
                .toList();
    }

    private static RolloverPolicy policy(Map<Long, RolloverPolicy> stored, UserHistory.Entry entry) {
        return Objects.requireNonNull(stored.get(entry.runId()));
    }

    private List<Payment> payments(RolloverPolicy policy, RolloverDecision decision) {
        return history.payments(decision.userId(), List.of(PaymentPeriod.of(policy, null)))
                .get(0);
    }

    private static Explanation.Month month(UserHistory.Entry entry, RolloverPolicy policy, List<Payment> payments) {
        return new Explanation.Month(
                entry.date(),
                entry.runId(),
                entry.action(),
                entry.before(),
                entry.after(),
                entry.reasonCode(),
                entry.paymentId(),
                entry.paidAt(),
                text(entry, policy, payments),
                entry.givenBack(),
                payments);
    }

    private static String text(UserHistory.Entry entry, RolloverPolicy policy, List<Payment> payments) {
        CustomerExplanation text = new CustomerExplanation(policy, true);
        Integer before = entry.before();
        Integer after = entry.after();
        if (before == null || after == null) {
            if (entry.isSecondLook()) {
                return text.notReinstated(entry.at(), entry.reason());
            }
            return entry.reasonCode().equals(ReasonCode.NOT_WARNED.name())
                    ? text.notWarned()
                    : text.skipped(entry.reason());
        }
        if (entry.action().equals("reinstatement")) {
            return text.reinstated(after - before, before, after, entry.at(), entry.reason());
        }
        if (!entry.isDecision()) {
            return (after - before) + " credits were added back, from " + before + " to " + after + ". "
                    + entry.reason();
        }
        return text.of(new CustomerExplanation.Facts(
                before,
                after,
                ReasonCode.valueOf(entry.reasonCode()),
                entry.planType(),
                entry.paidAt(),
                entry.protectedCredits(),
                eligible(policy, payments)));
    }

    private Explanation.@Nullable Next next(long userId, @Nullable LocalDate date, @Nullable Long credits) {
        RolloverPolicy policy = forecasts.policyOfReadable(date);
        Optional<Verdict> verdict = forecasts.of(policy, userId);
        CustomerExplanation text = new CustomerExplanation(policy, false);
        if (verdict.isEmpty()) {
            return next(
                    policy,
                    "none",
                    null,
                    null,
                    credits == null || credits <= 0
                            ? "This user has no credits, so there is nothing to expire."
                            : "This user came after the cut-off, so nothing is decided this time.",
                    "");
        }
        if (verdict.get() instanceof RolloverDecision decision) {
            return expected(policy, decision, clock.now());
        }
        if (verdict.get() instanceof Verdict.Skipped skipped) {
            return next(policy, "skip", null, skipped.reasonCode().name(), said(text, skipped), "");
        }
        return next(policy, "postponed", null, null, text.postponed(), "");
    }

    private static String said(CustomerExplanation text, Verdict.Skipped skipped) {
        return skipped.reasonCode() == ReasonCode.NOT_WARNED ? text.notWarned() : text.skipped(skipped.reason());
    }

    private static Explanation.Next next(
            RolloverPolicy policy,
            String action,
            @Nullable Integer after,
            @Nullable String code,
            String text,
            String advice) {
        return new Explanation.Next(policy.date(), policy.cutoff(), action, after, code, text, advice);
    }

    private static CustomerExplanation.Facts facts(
            RolloverDecision decision, RolloverPolicy policy, List<Payment> payments) {
        PaidPayment evidence = decision.evidence();
        return new CustomerExplanation.Facts(
                decision.creditsBefore(),
                decision.creditsAfter(),
                decision.reasonCode(),
                evidence == null ? null : evidence.planType(),
                evidence == null ? null : evidence.paidAt(),
                decision.creditsProtected(),
                eligible(policy, payments));
    }

    /** Includes unpaid payments. */
    private static List<Payment> eligible(RolloverPolicy policy, List<Payment> payments) {
        return payments.stream()
                .filter(payment -> policy.eligiblePlanTypes().contains(payment.planType()))
                .filter(payment -> isInTheMonth(payment.paidAt(), payment.planType(), policy))
                .toList();
    }

    private static boolean isInTheMonth(@Nullable Instant paidAt, String planType, RolloverPolicy policy) {
        return paidAt != null && paidAt.isBefore(policy.cutoff()) && !paidAt.isBefore(policy.windowStart(planType));
    }
}
