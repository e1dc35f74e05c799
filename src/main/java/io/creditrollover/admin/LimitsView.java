package io.creditrollover.admin;

import io.creditrollover.run.ExceededLimit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The safety limits of a run or dry run, exceeded and passed, for a person who approves it. */
record LimitsView(List<Failed> failed, List<String> passed) {
    /** @param detail with the key and exact figures; null if the sentence has them */
    record Failed(String sentence, @Nullable String detail) {}

    private static final Map<String, String> PASSED = new LinkedHashMap<>();

    static {
        PASSED.put(ExceededLimit.SILENCE, "Payments have come in recently");
        PASSED.put(ExceededLimit.DELAY, "The month started in time");
        PASSED.put(ExceededLimit.EXPIRED_FACTOR, "About as much expires as usual");
        PASSED.put(ExceededLimit.SKIPS, "Few users are skipped");
        PASSED.put(ExceededLimit.ORPHANED_PAYMENTS, "Payments belong to known users");
        PASSED.put(ExceededLimit.POLICY, "The policy is that of the last run");
    }

    /** @param withEarlierRun without one, no limit that compares with it has passed */
    static LimitsView of(List<ExceededLimit> exceeded, boolean withEarlierRun) {
        Map<String, String> passed = new LinkedHashMap<>(PASSED);
        exceeded.forEach(limit -> passed.remove(limit.key()));
        if (!withEarlierRun) {
            passed.remove(ExceededLimit.EXPIRED_FACTOR);
            passed.remove(ExceededLimit.POLICY);
        }
        return new LimitsView(
                exceeded.stream()
                        .map(limit -> new Failed(sentence(limit), limit.sentence()))
                        .toList(),
                List.copyOf(passed.values()));
    }

    /** Of a run without stored limits, from an older version. */
    static LimitsView asStored(String message) {
        return new LimitsView(List.of(new Failed(message, null)), List.of());
    }

    /** Returns one limit in words, without its key. */
    static String sentence(ExceededLimit limit) {
        Double value = limit.value();
        Double threshold = limit.threshold();
        if (limit.key().equals(ExceededLimit.FIRST_RUN)) {
            return "This is the first month: there is nothing to compare with. Please check the figures.";
        }
        if (value == null || threshold == null) {
            return Character.toUpperCase(limit.figures().charAt(0))
                    + limit.figures().substring(1) + ".";
        }
        return switch (limit.key()) {
            case ExceededLimit.SILENCE ->
                "No payment has come in for " + value.longValue() + " days (limit " + threshold.longValue()
                        + "). Is the payment feed broken?";
            case ExceededLimit.DELAY ->
                "The month is " + value.longValue() + " days late (limit " + threshold.longValue() + ").";
            default -> unusual(limit.of(), value, threshold);
        };
    }

    private static String unusual(@Nullable String of, double now, double usual) {
        String figures = Math.round(now * 100) + " %, usually " + Math.round(usual * 100) + " %.";
        return now > usual
                ? times(now, usual) + " as many " + of + " as usual would expire: " + figures
                : "Far fewer " + of + " than usual would roll over: " + figures;
    }

    private static String times(double now, double usual) {
        long times = usual == 0 ? 0 : Math.round(now / usual);
        return times < 2 ? "More than usual, and" : times == 2 ? "About twice" : "About " + times + " times";
    }
}
