package io.creditrollover.report;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.rollover.Totals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The same figures by loops over every row, written apart from the SQL; with the default rules. */
final class FiguresByHand {
    private static final Set<String> ELIGIBLE = Set.of("monthly", "power");

    private final List<Payment> payments;
    private final List<Event> events;
    private final List<Run> runs;
    private final Map<Long, Long> skips = new HashMap<>();

    record Payment(
            long id,
            long userId,
            String plan,
            int amount,
            int added,
            @Nullable String status,
            Instant at) {
        boolean isPaid() {
            return "paid".equals(status);
        }

        boolean isEligible() {
            return ELIGIBLE.contains(plan);
        }
    }

    record Event(
            long runId,
            long userId,
            String action,
            String code,
            int before,
            int after,
            @Nullable Long paymentId) {}

    record Run(long id, LocalDate date, String status) {
        Instant cutoff() {
            return startOf(date);
        }
    }

    FiguresByHand(TestDatabase database) {
        payments = database.jdbc()
                .sql("select id, user_id, plan_type, amount, credits_added, payment_status, created_at from payments")
                .query((rs, row) -> new Payment(
                        rs.getLong(1),
                        rs.getInt(2),
                        rs.getString(3),
                        rs.getInt(4),
                        rs.getInt(5),
                        rs.getString(6),
                        Optional.ofNullable(rs.getObject(7, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(Instant.MAX)))
                .list();
        events = database.jdbc()
                .sql("select run_id, user_id, action, reason_code, credits_before, credits_after, payment_id "
                        + "from credit_rollover_events")
                .query((rs, row) -> new Event(
                        rs.getLong(1),
                        rs.getInt(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getInt(5),
                        rs.getInt(6),
                        rs.getObject(7, Long.class)))
                .list();
        runs = database.jdbc()
                .sql("select id, rollover_date, status from credit_rollover_runs where mode = 'live' order by id")
                .query((rs, row) -> new Run(rs.getLong(1), rs.getObject(2, LocalDate.class), rs.getString(3)))
                .list();
        database.jdbc().sql("select run_id from credit_rollover_skips").query(rs -> {
            skips.merge(rs.getLong(1), 1L, Long::sum);
        });
    }

    List<RunMonth> runMonths(LocalDate date) {
        return runs.stream()
                .filter(run -> run.status().equals("COMPLETED") && !run.date().isAfter(date))
                .filter(run -> run.date().isAfter(date.minusMonths(12)))
                .sorted(Comparator.comparing(Run::date))
                .map(this::runMonth)
                .toList();
    }

    private RunMonth runMonth(Run run) {
        long[] sums = new long[8];
        for (Event event : events) {
            if (event.runId() != run.id()) {
                continue;
            }
            Payment by = decidedBy(event, run);
            boolean kept = event.action().equals("rollover");
            sums[kept ? 0 : 1]++;
            sums[2] += event.before();
            sums[3] += event.after();
            sums[4] += event.before() - event.after();
            if (by != null) {
                sums[5] += kept ? by.amount() : 0;
                sums[6] += event.code().equals("WINDOW_ELAPSED") ? by.amount() : 0;
                sums[7] += value(event, by);
            }
        }
        return new RunMonth(
                run.date(),
                new Totals(sums[0], sums[1], skips.getOrDefault(run.id(), 0L), sums[2], sums[3], sums[4]),
                sums[5],
                sums[6],
                sums[7]);
    }

    private static long value(Event event, Payment by) {
        if (by.amount() <= 0 || by.added() <= 0) {
            return 0;
        }
        return BigDecimal.valueOf(event.before() - event.after())
                .multiply(BigDecimal.valueOf(by.amount()))
                .divide(BigDecimal.valueOf(by.added()), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** The last payment of the month that ends, found again; only for what came after the cut-off the event is believed. */
    private @Nullable Payment decidedBy(Event event, Run run) {
        if (event.code().equals("NO_PAYMENT") || event.code().equals("PURCHASED_AFTER_CUTOFF")) {
            return null;
        }
        if (event.code().equals("RENEWED_AFTER_CUTOFF") || event.code().equals("CAPPED")) {
            return payments.stream()
                    .filter(p -> Objects.equals(event.paymentId(), p.id()))
                    .findFirst()
                    .orElseThrow();
        }
        return paidBy(event.userId()).stream()
                .filter(p -> p.at().isBefore(run.cutoff()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    List<PaymentMonth> paymentMonths(LocalDate date) {
        List<PaymentMonth> months = new ArrayList<>();
        Set<Long> users = new HashSet<>();
        payments.forEach(p -> users.add(p.userId()));
        for (LocalDate month = date.minusMonths(11); !month.isAfter(date); month = month.plusMonths(1)) {
            Set<Long> converted = new HashSet<>();
            Set<Long> onOthers = new HashSet<>();
            Set<Long> renewed = new HashSet<>();
            long paise = 0;
            for (long user : users) {
                Payment before = null;
                for (Payment payment : paidBy(user)) {
                    boolean inMonth = !payment.at().isBefore(startOf(month.minusMonths(1)))
                            && payment.at().isBefore(startOf(month));
                    if (inMonth && payment.isEligible() && before != null) {
                        (before.isEligible() ? renewed : converted).add(user);
                        paise += before.isEligible() ? payment.amount() : 0;
                    }
                    if (inMonth && !payment.isEligible()) {
                        onOthers.add(user);
                    }
                    before = payment;
                }
            }
            onOthers.addAll(converted);
            months.add(new PaymentMonth(month, converted.size(), onOthers.size(), renewed.size(), paise));
        }
        return months;
    }

    List<WinBack> cameBack(LocalDate date) {
        Map<LocalDate, WinBack> months = new TreeMap<>();
        for (Run run : runs) {
            boolean counts = run.status().equals("COMPLETED")
                    && run.date().isBefore(date)
                    && !run.date().isBefore(date.minusMonths(12));
            long expired = 0;
            long back = 0;
            for (Event event : counts ? events : List.<Event>of()) {
                if (event.runId() == run.id() && event.action().equals("expiry")) {
                    expired++;
                    back += paidBy(event.userId()).stream()
                                    .anyMatch(p -> !p.at().isBefore(run.cutoff())
                                            && p.at().isBefore(
                                                            startOf(run.date().plusMonths(1))))
                            ? 1
                            : 0;
                }
            }
            if (expired > 0) {
                months.put(run.date().plusMonths(1), new WinBack(run.date().plusMonths(1), expired, back));
            }
        }
        return List.copyOf(months.values());
    }

    private List<Payment> paidBy(long user) {
        return payments.stream()
                .filter(p -> p.userId() == user && p.isPaid() && p.at().isBefore(Instant.MAX))
                .sorted(Comparator.comparing(Payment::at).thenComparingLong(Payment::id))
                .toList();
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(HostFixture.BUSINESS_ZONE).toInstant();
    }
}
