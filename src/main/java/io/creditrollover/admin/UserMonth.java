package io.creditrollover.admin;

import io.creditrollover.report.Explanation;
import io.creditrollover.report.Payment;
import io.creditrollover.run.RunSummary;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decision about a user in one line, what came back of it, and its payments.
 *
 * @param outcome such as {@code expired 12 (12 → 0)}
 * @param style a CSS class
 * @param reply for the customer
 * @param run null if it is not there any more
 * @param toReinstate expired credits of which none came back
 */
record UserMonth(
        String month,
        String outcome,
        String style,
        String reply,
        @Nullable Run run,
        List<Returned> returned,
        List<Paid> payments,
        boolean hasDecisive,
        String date,
        int toReinstate) {

    record Run(String label, String link) {}

    /** Credits that a reversal or reinstatement added back. */
    record Returned(String words, String text, @Nullable Run run) {}

    /** @param note why it counts or does not; empty for a payment that needs none */
    record Paid(String at, String plan, String status, String amount, String credits, boolean decisive, String note) {}

    /** Latest first. What came back is listed with the decision before it. */
    static List<UserMonth> of(Explanation user, List<RunSummary> runs, Formats texts) {
        Map<Long, RunSummary> byId = new LinkedHashMap<>();
        runs.forEach(run -> byId.put(Objects.requireNonNullElse(run.runId(), -1L), run));
        Map<LocalDate, List<Returned>> waiting = new LinkedHashMap<>();
        List<UserMonth> months = new ArrayList<>();
        for (Explanation.Month entry : user.months()) {
            Run run = run(byId.get(entry.runId()), texts);
            List<Returned> back = waiting.computeIfAbsent(entry.rolloverDate(), date -> new ArrayList<>());
            if (entry.action().equals("reversal") || entry.action().equals("reinstatement")) {
                back.add(0, new Returned(words(entry), entry.text(), run));
            } else {
                months.add(month(entry, run, List.copyOf(back), texts));
                back.clear();
            }
        }
        return months;
    }

    private static UserMonth month(Explanation.Month entry, @Nullable Run run, List<Returned> returned, Formats texts) {
        Instant cutoff = entry.rolloverDate().atStartOfDay(texts.zone()).toInstant();
        List<Paid> payments = entry.payments().stream()
                .map(payment -> paid(payment, Objects.equals(payment.id(), entry.paymentId()), cutoff, texts))
                .toList();
        StringBuilder reply = new StringBuilder(entry.text());
        returned.forEach(back -> reply.append(" Later, ")
                .append(back.words().replaceFirst("^\\S+ ", ""))
                .append(" credits were added back."));
        return new UserMonth(
                Formats.month(entry.rolloverDate()),
                words(entry),
                entry.action().equals("expiry") ? "expired" : entry.action().equals("rollover") ? "rolled" : "skipped",
                reply.toString(),
                run,
                returned,
                payments,
                payments.stream().anyMatch(Paid::decisive),
                entry.rolloverDate().toString(),
                returned.isEmpty() ? lost(entry) : 0);
    }

    private static int lost(Explanation.Month entry) {
        Integer before = entry.creditsBefore();
        Integer after = entry.creditsAfter();
        return before == null || after == null ? 0 : before - after;
    }

    private static String words(Explanation.Month entry) {
        Integer before = entry.creditsBefore();
        Integer after = entry.creditsAfter();
        if (before == null || after == null) {
            return "skipped";
        }
        return switch (entry.action()) {
            case "expiry" -> "expired " + (before - after) + change(before, after);
            case "reversal" -> "reversed " + (after - before);
            case "reinstatement" -> "reinstated " + (after - before);
            default -> "rolled over " + after + (before.equals(after) ? "" : change(before, after));
        };
    }

    private static String change(int before, int after) {
        return " (" + before + " → " + after + ")";
    }

    private static @Nullable Run run(@Nullable RunSummary run, Formats texts) {
        return run == null || run.executionId() == null
                ? null
                : new Run(texts.time(run.startedAt()), "/runs/" + run.executionId());
    }

    private static Paid paid(Payment payment, boolean decisive, Instant cutoff, Formats texts) {
        Instant paidAt = payment.paidAt();
        String note = decisive
                ? "this payment decided"
                : paidAt == null
                        ? "has no date"
                        : !"paid".equals(payment.status())
                                ? "was not paid"
                                : paidAt.isBefore(cutoff) ? "" : "after the cut-off";
        return new Paid(
                texts.time(paidAt),
                payment.planType(),
                payment.status() == null ? "no status" : payment.status(),
                texts.money(payment.amountPaise()),
                "+" + payment.creditsAdded(),
                decisive,
                note);
    }
}
