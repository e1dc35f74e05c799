package io.creditrollover.report;

import io.creditrollover.decision.PlanTerms;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.RolloverPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains a decision in text for the customer. Dates are in the business zone. */
final class CustomerExplanation {
    private final RolloverPolicy policy;
    private final boolean done;

    /** @param done false for a forecast */
    CustomerExplanation(RolloverPolicy policy, boolean done) {
        this.policy = policy;
        this.done = done;
    }

    /**
     * @param planType plan of the decisive payment; null for none
     * @param paidAt its date; null for none
     * @param eligible see {@link UncountedPayment}
     */
    record Facts(
            int before,
            int after,
            ReasonCode code,
            @Nullable String planType,
            @Nullable Instant paidAt,
            int protectedCredits,
            List<Payment> eligible) {}

    String of(Facts facts) {
        return switch (facts.code()) {
            case ELIGIBLE_PLAN -> rolledOver(facts) + ": your last payment before that day was " + payment(facts) + ".";
            case CAPPED -> capped(facts);
            case RENEWED_AFTER_CUTOFF -> rolledOver(facts) + ": you renewed with a payment " + payment(facts) + ".";
            case PURCHASED_AFTER_CUTOFF -> rolledOver(facts) + ": all of them were bought on or after that day.";
            case NO_PAYMENT ->
                expired(facts) + ": there was no paid payment before that day. " + rule() + uncounted(facts)
                        + kept(facts);
            case PLAN_NOT_ELIGIBLE ->
                expired(facts) + ": your last payment before that day was " + payment(facts) + ". " + rule()
                        + uncounted(facts) + kept(facts);
            case WINDOW_ELAPSED ->
                expired(facts) + ": your last payment before that day, " + payment(facts)
                        + ", was too long ago. It had to be on " + windowStart(facts) + " or later."
                        + uncounted(facts) + kept(facts);
            default -> throw new IllegalArgumentException(facts.code() + " is no decision");
        };
    }

    /** For credits that came back; the reason names the payment. */
    String reinstated(int credits, int before, int after, Instant at, String reason) {
        return credits(credits) + " of those that expired on " + date() + " came back on " + day(at) + ", from "
                + before + " to " + after + ". " + reason;
    }

    /** For a user listed or skipped by a second look. */
    String notReinstated(Instant at, String reason) {
        return "What expired on " + date() + " was looked at again on " + day(at) + " and left to a person: " + reason;
    }

    /** For a skipped user. */
    String skipped(String reason) {
        return "Your credits " + (done ? "were" : "would be") + " not changed on " + date()
                + ", because we could not decide about them: " + reason + " We are looking into it.";
    }

    /** For a user without a required notice. */
    String notWarned() {
        return "Your credits " + (done ? "were not" : "would not be") + " changed on " + date()
                + ", because you were not told in time that they would expire.";
    }

    /** For a user with a pending payment. */
    String postponed() {
        return "You have a pending payment. Whether your credits roll over on " + date() + " depends on it.";
    }

    /** Returns how to keep the credits; empty if no action is needed. */
    String advice(boolean losesCredits, Instant now) {
        if (!losesCredits) {
            return "";
        }
        String by = now.isBefore(policy.cutoff())
                ? "before " + date() + ", 00:00 (" + policy.zone() + ")"
                : "before the rollover runs";
        return "To keep them, pay for the " + plans() + " plan " + by + ". It must be your last payment of the month.";
    }

    private String rolledOver(Facts facts) {
        return "Your " + credits(facts.after()) + (done ? " rolled over on " : " would roll over on ") + date();
    }

    private String expired(Facts facts) {
        int lost = facts.before() - facts.after();
        String which = facts.after() == 0 ? "Your " + credits(lost) : lost + " of your " + credits(facts.before());
        return which + (done ? " expired on " : " would expire on ") + date();
    }

    private String capped(Facts facts) {
        int lost = facts.before() - facts.after();
        return facts.after() + " of your " + credits(facts.before())
                + (done ? " rolled over on " : " would roll over on ")
                + date() + " and " + lost + (done ? " expired" : " would expire") + ": your payment was "
                + payment(facts)
                + ", which carries over " + share(facts.planType()) + "." + kept(facts);
    }

    private String share(@Nullable String planType) {
        PlanTerms terms = planType == null ? null : policy.plans().get(planType);
        if (terms == null) {
            return "a part";
        }
        String percent = terms.carryPercent() == 100 ? "" : terms.carryPercent() + "% of the credits";
        String most = terms.maxCredits() == null ? "" : "at most " + credits(terms.maxCredits());
        return percent + (percent.isEmpty() || most.isEmpty() ? "" : ", ") + most;
    }

    private String kept(Facts facts) {
        int kept = Math.min(facts.protectedCredits(), facts.before());
        return kept > 0 ? " The " + credits(kept) + " bought since then remain." : "";
    }

    private String uncounted(Facts facts) {
        return new UncountedPayment(facts.eligible(), facts.paidAt()).sentence(this::day);
    }

    private String rule() {
        return "Credits roll over when the last payment of the month is for the " + plans() + " plan.";
    }

    private String plans() {
        return policy.eligiblePlanTypes().stream().sorted().collect(Collectors.joining(" or "));
    }

    private String payment(Facts facts) {
        Instant paidAt = facts.paidAt();
        String plan = facts.planType() == null ? "" : "for the " + facts.planType() + " plan";
        String on = paidAt == null ? "" : (plan.isEmpty() ? "" : " ") + "on " + day(paidAt);
        return plan + on;
    }

    private String windowStart(Facts facts) {
        String planType = facts.planType();
        return planType != null && policy.plans().containsKey(planType)
                ? day(policy.windowStart(planType))
                : "a later day";
    }

    private String date() {
        return ReportFormats.day(policy.date());
    }

    private String day(Instant moment) {
        return ReportFormats.day(LocalDate.ofInstant(moment, policy.zone()));
    }

    private static String credits(int credits) {
        return credits == 1 ? "1 credit" : credits + " credits";
    }
}
