package io.creditrollover.decision;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Explains a decision in one sentence; dates in the business zone. */
final class Reasons {
    private final RolloverPolicy policy;

    Reasons(RolloverPolicy policy) {
        this.policy = policy;
    }

    String of(ReasonCode code, UserCredits user, @Nullable PaidPayment by) {
        return switch (code) {
            case ELIGIBLE_PLAN -> last(by) + ", within the window.";
            case CAPPED -> paid(by) + ": only a part rolls over.";
            case RENEWED_AFTER_CUTOFF -> "Renewed after the cut-off: " + paid(by) + ".";
            case PURCHASED_AFTER_CUTOFF -> "All credits were bought since " + on(policy.cutoff()) + ".";
            case NO_PAYMENT -> "No paid payment before " + on(policy.cutoff()) + "." + kept(user);
            case PLAN_NOT_ELIGIBLE -> last(by) + ", a plan that does not roll over." + kept(user);
            case WINDOW_ELAPSED -> last(by) + ", too long ago" + windowOf(by) + "." + kept(user);
            default -> throw new IllegalArgumentException(code + " is no decision");
        };
    }

    String lastPlanUnknown(PaidPayment last) {
        return last(last) + ", a plan that is neither sold nor configured.";
    }

    String laterPlanUnknown(PaidPayment payment) {
        return "Paid " + paid(payment) + ", a plan that is neither sold nor configured.";
    }

    String notWarned(Instant by) {
        return "No notice that the credits would expire was accepted by "
                + by.atZone(policy.zone()).toLocalDateTime() + ".";
    }

    private String windowOf(@Nullable PaidPayment by) {
        return by == null || by.planType() == null
                ? ""
                : " (had to be " + on(policy.windowStart(by.planType())) + " or later)";
    }

    private String last(@Nullable PaidPayment by) {
        return "Last payment was " + paid(by);
    }

    private String paid(@Nullable PaidPayment by) {
        if (by == null) {
            return "none";
        }
        return (by.planType() == null ? "no plan" : by.planType()) + " on " + on(by.paidAt());
    }

    private static String kept(UserCredits user) {
        return user.protectedCredits() > 0 ? " " + user.protectedCredits() + " bought since then remain." : "";
    }

    private String on(Instant moment) {
        return LocalDate.ofInstant(moment, policy.zone()).toString();
    }
}
