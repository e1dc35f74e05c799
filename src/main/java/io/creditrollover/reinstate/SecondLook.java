package io.creditrollover.reinstate;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.UserCredits;
import io.creditrollover.decision.Verdict;
import io.creditrollover.rollover.RecheckedPayments;
import io.creditrollover.undo.EventIds;
import io.creditrollover.undo.ReversibleEvent;
import io.creditrollover.undo.Review;
import io.creditrollover.undo.Reviewed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides each event again by the run's policy: the balance and protected credits as recorded, the payments as they are
 * now. Adds the difference if more would remain. An undecidable user gets nothing.
 */
public final class SecondLook implements Review {
    private final JdbcClient jdbc;
    private final RolloverPolicy policy;
    private final RecheckedPayments payments;
    private final Instant renewalsUntil;

    /**
     * @param policy as stored by the run
     * @param renewalsUntil renewals dated after the decision and before this instant count too
     */
    public SecondLook(JdbcClient jdbc, RolloverPolicy policy, Instant renewalsUntil) {
        this.jdbc = jdbc;
        this.policy = policy;
        this.payments = new RecheckedPayments(jdbc, policy);
        this.renewalsUntil = renewalsUntil;
    }

    @Override
    public EventIds candidates(long undoneRunId) {
        return NewPayments.events(jdbc, undoneRunId, policy, renewalsUntil);
    }

    @Override
    public List<Reviewed> of(List<ReversibleEvent> events) {
        Map<Long, RecheckedPayments.Facts> facts = payments.of(
                events.stream()
                        .map(e -> new RecheckedPayments.Decided(
                                e.userId(), e.creditsBefore(), e.creditsProtected(), e.decidedAt()))
                        .toList(),
                this::isRenewal);
        return events.stream()
                .map(event -> review(event, Objects.requireNonNull(facts.get(event.userId()))))
                .toList();
    }

    private boolean isRenewal(PaidPayment payment) {
        return payment.paidAt().isBefore(renewalsUntil)
                && payment.planType() != null
                && policy.eligiblePlanTypes().contains(payment.planType());
    }

    private Reviewed review(ReversibleEvent event, RecheckedPayments.Facts facts) {
        Reviewed timely = decideAgain(event, facts.asDecided(), ReasonCode.LATE_PAYMENT);
        Reviewed best = timely;
        if (facts.hasRenewals()) {
            Reviewed renewed = decideAgain(event, facts.withRenewals(), ReasonCode.RENEWED_LATE);
            best = renewed.credits() > timely.credits() ? renewed : timely;
        }
        Verdict.Skipped listed = facts.boughtMeanwhile() && best.credits() < event.missing() ? listed(event) : null;
        return listed == null ? best : best.listing(listed);
    }

    private Reviewed decideAgain(ReversibleEvent event, UserCredits facts, ReasonCode code) {
        RolloverDecision decision = policy.decide(facts) instanceof RolloverDecision decided ? decided : null;
        int gain = decision == null ? 0 : decision.creditsAfter() - event.creditsAfter() - event.givenBack();
        return decision == null || gain <= 0
                ? Reviewed.nothing(event)
                : Reviewed.of(event, gain, code, reason(code, decision), decision.evidence());
    }

    private static String reason(ReasonCode code, RolloverDecision decision) {
        return (code == ReasonCode.LATE_PAYMENT
                        ? "Decided again by the payments as they are now. "
                        : "Renewed within the time allowed after the cut-off. ")
                + decision.reason();
    }

    private static Verdict.Skipped listed(ReversibleEvent event) {
        return new Verdict.Skipped(
                event.userId(),
                ReasonCode.BOUGHT_MEANWHILE,
                "Payments between the cut-off and the decision add up to more than the " + event.creditsProtected()
                        + " credits that were counted as bought; a person reinstates what is missing.");
    }
}
