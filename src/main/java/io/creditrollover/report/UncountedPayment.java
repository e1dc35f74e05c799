package io.creditrollover.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The payment that a user who lost credits will ask about: for a plan that rolls over, in the month, and it did not count.
 *
 * @param eligible dated payments for eligible plans, in their windows and before the cut-off, the earliest first; with
 *     what they say now, whatever their status
 * @param decidedBy the date of the payment that decided; null for none
 */
record UncountedPayment(List<Payment> eligible, @Nullable Instant decidedBy) {

    /** Returns why it did not count, with a space in front; empty where there is none. */
    String sentence(Function<Instant, String> day) {
        return last(payment -> payment.isPaid() && isBeforeDecisive(payment))
                .or(() -> last(payment -> !payment.isPaid()))
                .or(() -> last(payment -> !isBeforeDecisive(payment)))
                .map(payment -> " The " + (isDisplaced(payment) ? "earlier " : "") + payment.planType() + " payment of "
                        + day.apply(dateOf(payment)) + " " + why(payment))
                .orElse("");
    }

    private Optional<Payment> last(Predicate<Payment> condition) {
        return eligible.stream().filter(condition).reduce((earlier, later) -> later);
    }

    private boolean isDisplaced(Payment payment) {
        return payment.isPaid() && isBeforeDecisive(payment);
    }

    private boolean isBeforeDecisive(Payment payment) {
        return decidedBy != null && !dateOf(payment).isAfter(decidedBy);
    }

    private static Instant dateOf(Payment payment) {
        return java.util.Objects.requireNonNull(payment.paidAt());
    }

    private String why(Payment payment) {
        if (isDisplaced(payment)) {
            return "does not count, because a later one took its place.";
        }
        return switch (String.valueOf(payment.status())) {
            case "paid" -> "had not been paid yet when this was decided.";
            case "pending" -> "does not count, because it is still pending.";
            case "failed" -> "does not count, because it failed.";
            case "refunded" -> "does not count, because it was refunded.";
            default -> "does not count, because it is not marked as paid.";
        };
    }
}
