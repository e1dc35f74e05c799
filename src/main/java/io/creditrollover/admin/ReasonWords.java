package io.creditrollover.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reason codes in words, in the order of a filter's choices. */
final class ReasonWords {
    static final Map<String, String> DECISIONS = ordered(
            "ELIGIBLE_PLAN", "paid in time",
            "CAPPED", "only a part rolls over",
            "RENEWED_AFTER_CUTOFF", "renewed after the cut-off",
            "PURCHASED_AFTER_CUTOFF", "bought after the cut-off",
            "NO_PAYMENT", "no payment",
            "PLAN_NOT_ELIGIBLE", "last paid for a plan that does not roll over",
            "WINDOW_ELAPSED", "paid too long ago");

    static final Map<String, String> SKIPS = ordered(
            "PAYMENT_DATE_UNUSABLE", "a payment has no usable date",
            "PLAN_UNKNOWN", "a payment is for an unknown plan",
            "PAYMENT_STATUS_UNKNOWN", "a payment has an unknown status",
            "PAYMENT_PENDING", "a payment is still pending",
            "CREDITS_UNUSABLE", "bought credits do not add up",
            "ROW_REFUSED", "your database refused the change",
            "ROW_BUSY", "your application held the user's row",
            "ARRIVED_LATE", "came while the run was ending",
            "NOT_WARNED", "was not told in time",
            "BOUGHT_MEANWHILE", "bought credits meanwhile");

    private ReasonWords() {}

    /** Returns the code itself, readable, if it has no words. */
    static String of(String code) {
        String words = DECISIONS.getOrDefault(code, SKIPS.get(code));
        return words == null ? code.toLowerCase(java.util.Locale.ROOT).replace('_', ' ') : words;
    }

    private static Map<String, String> ordered(String... codesAndWords) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < codesAndWords.length; i += 2) {
            all.put(codesAndWords[i], codesAndWords[i + 1]);
        }
        return java.util.Collections.unmodifiableMap(all);
    }
}
