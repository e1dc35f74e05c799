package io.creditrollover.admin;

import java.util.Locale;
import java.util.Map;

/** Reason codes in words. */
final class ReasonWords {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("ELIGIBLE_PLAN", "paid in time"),
            Map.entry("CAPPED", "only a part rolls over"),
            Map.entry("RENEWED_AFTER_CUTOFF", "renewed after the cut-off"),
            Map.entry("PURCHASED_AFTER_CUTOFF", "bought after the cut-off"),
            Map.entry("NO_PAYMENT", "no payment"),
            Map.entry("PLAN_NOT_ELIGIBLE", "last paid for a plan that does not roll over"),
            Map.entry("WINDOW_ELAPSED", "paid too long ago"),
            Map.entry("PAYMENT_PENDING", "a payment is pending"),
            Map.entry("PAYMENT_DATE_UNUSABLE", "a payment has no usable date"),
            Map.entry("PAYMENT_STATUS_UNKNOWN", "a payment has an unknown status"),
            Map.entry("PLAN_UNKNOWN", "a payment is for an unknown plan"),
            Map.entry("CREDITS_UNUSABLE", "a payment or balance has unusable credits"),
            Map.entry("ROW_BUSY", "the application held the user's row"),
            Map.entry("ROW_REFUSED", "the database refused the change"),
            Map.entry("ARRIVED_LATE", "arrived during the run"));

    private ReasonWords() {}

    static String of(String code) {
        return WORDS.getOrDefault(code, code.toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
