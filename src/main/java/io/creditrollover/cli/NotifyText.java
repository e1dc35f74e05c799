package io.creditrollover.cli;

import io.creditrollover.notice.NotifyOutcome;
import java.util.ArrayList;
import java.util.List;

final class NotifyText {
    private NotifyText() {}

    static String of(NotifyOutcome done) {
        List<String> lines = new ArrayList<>(List.of(done.message()));
        if (done.rolloverDate() != null) {
            lines.add("Rollover date " + done.rolloverDate() + ", "
                    + (done.lead() == null ? "no lead is due yet" : "lead " + done.lead()) + ".");
        }
        add(lines, "planned", done.planned());
        add(lines, "sent", done.sent());
        add(lines, "not needed any more", done.notNeeded());
        add(lines, "skipped: no usable address, or opted out", done.skipped());
        add(lines, "refused by the receiver", done.refused());
        add(lines, "waiting: quiet hours or a pending payment", done.waiting());
        add(lines, "not sent yet", done.failed());
        done.refusedAddresses()
                .forEach(refused ->
                        lines.add("  user " + refused.userId() + ", " + refused.address() + ": " + refused.reason()));
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String what, long count) {
        if (count > 0) {
            lines.add(String.format(java.util.Locale.ROOT, "%,9d  %s", count, what));
        }
    }
}
