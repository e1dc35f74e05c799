package io.creditrollover.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The uncounted payment of an expired user: for an eligible plan, in the month.
 *
 * @param eligible dated payments before the cut-off, earliest first, in any status
 * @param decidedBy date of the decisive payment; null for none
 */
record UncountedPayment(List<Payment> eligible, @Nullable Instant decidedBy) {

    /** Returns why it did not count, with a leading space; empty if there is none. */
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
            return "does not count, because a later payment replaced it.";
        }
        return switch (String.valueOf(payment.status())) {
            case "paid" -> "was not paid yet when this was decided.";
            case "pending" -> "does not count, because it is still pending.";
            case "failed" -> "does not count, because it failed.";
            case "refunded" -> "does not count, because it was refunded.";
            default -> "does not count, because it is not marked as paid.";
        };
    }
}
