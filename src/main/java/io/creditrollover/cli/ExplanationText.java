package io.creditrollover.cli;

import io.creditrollover.report.Explanation;
import io.creditrollover.report.Money;
import io.creditrollover.report.Payment;
import java.util.List;
import java.util.Locale;

final class ExplanationText {
    private ExplanationText() {}

    static String of(Explanation user, Money money) {
        StringBuilder text = new StringBuilder("User " + user.userId()
                + (user.phoneNumber().isEmpty() ? " " : " (" + user.phoneNumber() + ") ")
                + (user.credits() == null
                        ? "was deleted by the application. This is what is stored."
                        : "holds " + user.credits() + " credits."));
        Explanation.Next next = user.next();
        if (next != null) {
            text.append("\n\nNext rollover, ")
                    .append(next.rolloverDate())
                    .append("\n  ")
                    .append(next.text());
            text.append(next.advice().isEmpty() ? "" : "\n  " + next.advice());
        }
        if (next == null && user.months().isEmpty()) {
            text.append("\n\nNothing was decided about this user on that date. The user had no credits or was created"
                    + " later.");
        }
        if (!user.notices().isEmpty()) {
            text.append("\n\nNotices");
            user.notices().forEach(notice -> text.append("\n  ")
                    .append(notice.rolloverDate())
                    .append(": ")
                    .append(notice.sentence()));
        }
        user.months().forEach(month -> text.append(month(month, money)));
        return text.toString();
    }

    private static String month(Explanation.Month month, Money money) {
        return "\n\n" + month.rolloverDate() + " (run " + month.runId() + ", " + month.reasonCode() + ")"
                + (month.givenBack() ? ", reversed since" : "") + "\n  " + month.text()
                + payments(month.payments(), money);
    }

    private static String payments(List<Payment> payments, Money money) {
        StringBuilder text = new StringBuilder();
        for (Payment payment : payments) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n    %-25s %-12s %12s %6d credits  %s",
                    payment.paidAt() == null ? "no date" : payment.paidAt(),
                    payment.planType(),
                    money.of(payment.amountPaise()),
                    payment.creditsAdded(),
                    payment.status() == null ? "no status" : payment.status()));
        }
        return text.toString();
    }
}
