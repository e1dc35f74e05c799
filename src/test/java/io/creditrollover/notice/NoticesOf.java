package io.creditrollover.notice;

import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.ForecastService;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code notify} would have told about a date whose cut-off is past by now. */
public final class NoticesOf {
    private NoticesOf() {}

    /** What a user would be told. */
    public record Told(int creditsBefore, int creditsAfter, String action, String reasonCode) {}

    /** Plans a notice for each user who would lose credits, reads the facts again, and returns what would be sent. */
    public static Map<Long, Told> date(TestApplication product, LocalDate date) {
        product.bean(NoticePlanner.class)
                .expiring(
                        product.bean(ForecastService.class).policy(date).warnBy(null),
                        "P1D",
                        List.of("mail"),
                        false,
                        new StopSignal());
        Map<Long, Told> told = new TreeMap<>();
        long last = 0;
        while (true) {
            List<PlannedNotice> planned = product.bean(NoticeRows.class).next("mail", date, last, 500);
            if (planned.isEmpty()) {
                return told;
            }
            last = planned.get(planned.size() - 1).id();
            product.bean(FreshFacts.class)
                    .check(planned, date)
                    .toSend()
                    .forEach(notice -> told.put(
                            notice.userId(),
                            new Told(
                                    notice.creditsBefore(),
                                    notice.creditsAfter(),
                                    notice.action(),
                                    notice.reasonCode())));
        }
    }
}
