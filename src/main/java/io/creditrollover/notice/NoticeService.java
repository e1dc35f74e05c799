package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.ForecastService;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells users what is about to expire, or has. The command {@code notify}, and a part of {@code daily}. */
@Component
public class NoticeService {
    private static final String LEASE = "notices";

    private final RolloverProperties properties;
    private final NoticeProperties notices;
    private final ForecastService forecasts;
    private final NoticeChannels channels;
    private final NoticePlanner planner;
    private final NoticeDelivery delivery;
    private final NoticeClock clock;
    private final Leases leases;

    NoticeService(
            RolloverProperties properties,
            NoticeProperties notices,
            ForecastService forecasts,
            NoticeChannels channels,
            NoticePlanner planner,
            NoticeDelivery delivery,
            NoticeClock clock,
            Leases leases) {
        this.properties = properties;
        this.notices = notices;
        this.forecasts = forecasts;
        this.channels = channels;
        this.planner = planner;
        this.delivery = delivery;
        this.clock = clock;
        this.leases = leases;
    }

    /**
     * Plans and delivers what is due. A repeated or resumed call changes nothing that is done.
     *
     * @throws io.creditrollover.exit.ExitException 64 for a date other than the first of a month, 75 while another
     *     process tells users, 78 for wrong settings
     */
    public NotifyOutcome notifyDue(NotifyRequest request) throws InterruptedException {
        boolean dryRun = request.dryRun() || properties.dryRun();
        if (!properties.enabled()) {
            return NotifyOutcome.nothing(dryRun, "rollover.enabled is false. No user is told.");
        }
        if (!notices.enabled()) {
            return NotifyOutcome.nothing(dryRun, "rollover.notices.enabled is false. No user is told.");
        }
        forecasts.requireReadable();
        if (request.date() != null) {
            forecasts.requireDate(request.date());
        }
        List<NoticeChannel> ready = channels.ready();
        if (ready.isEmpty()) {
            return NotifyOutcome.nothing(dryRun, "There is no way to tell a user. " + channels.remedy());
        }
        Due due = due(request.date());
        if (dryRun) {
            long planned = plan(due, ready, true, request.signal());
            return outcome(due, true, planned, new DeliveryTotals(), new NoticeDelivery.Rest(0, 0));
        }
        StopSignal signal = request.signal().child();
        try (HeldLease lease = leases.acquire(LEASE, request.requestedBy(), signal)) {
            return tell(due, ready, lease, signal);
        }
    }

    /**
     * @param only the date that was asked for; null for all
     * @param date whose expiries are announced
     * @param lead the due one; empty for none
     */
    private record Due(@Nullable LocalDate only, LocalDate date, String lead) {}

    private Due due(@Nullable LocalDate only) {
        LocalDate date = only == null ? clock.nextRollover() : only;
        String lead = Leads.due(
                        notices.ahead(), date.atStartOfDay(properties.zone()).toInstant(), clock.now())
                .map(Leads::code)
                .orElse("");
        return new Due(only, date, lead);
    }

    private long plan(Due due, List<NoticeChannel> ready, boolean dryRun, StopSignal signal) {
        List<String> names = ready.stream().map(NoticeChannel::name).toList();
        long planned = 0;
        if (!due.lead().isEmpty()) {
            RolloverPolicy policy = forecasts.policy(due.date()).warnBy(null);
            planned += planner.expiring(policy, due.lead(), names, dryRun, signal);
        }
        for (String name : names) {
            planned += planner.recorded(name, due.only(), dryRun, signal);
        }
        return planned;
    }

    private NotifyOutcome tell(Due due, List<NoticeChannel> ready, HeldLease lease, StopSignal signal)
            throws InterruptedException {
        planner.supersede(clock.nextRollover(), due.date().equals(clock.nextRollover()) ? due.lead() : "");
        long planned = plan(due, ready, false, signal);
        lease.confirm();
        DeliveryTotals totals = new DeliveryTotals();
        long failed = 0;
        long waiting = 0;
        for (NoticeChannel channel : ready) {
            NoticeDelivery.Rest rest = delivery.deliver(channel, due.only(), totals, signal);
            failed += rest.failed();
            waiting += rest.waiting();
        }
        return outcome(due, false, planned, totals, new NoticeDelivery.Rest(failed, waiting));
    }

    private NotifyOutcome outcome(
            Due due, boolean dryRun, long planned, DeliveryTotals totals, NoticeDelivery.Rest rest) {
        return new NotifyOutcome(
                due.date(),
                due.lead().isEmpty() ? null : due.lead(),
                dryRun,
                planned,
                totals.sent(),
                totals.notNeeded(),
                totals.refused(),
                totals.skipped(),
                rest.waiting(),
                rest.failed(),
                totals.addresses(),
                totals.needsPerson(),
                message(dryRun, planned, totals, rest));
    }

    private String message(boolean dryRun, long planned, DeliveryTotals totals, NoticeDelivery.Rest rest) {
        if (dryRun) {
            return planned + " notices would be planned. Nothing was sent.";
        }
        if (rest.failed() > 0) {
            String why = totals.lastFailure();
            return rest.failed() + " notices were not sent" + (why == null ? "" : ": " + why)
                    + (why != null && why.endsWith(".") ? "" : ".") + " The next notify sends them.";
        }
        if (rest.waiting() > 0 && delivery.isQuiet()) {
            return rest.waiting() + " notices wait for the end of the quiet hours (rollover.notices.quiet = "
                    + notices.quiet() + "). Run notify outside them.";
        }
        return totals.sent() + " notices were sent.";
    }
}
