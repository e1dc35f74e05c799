package io.creditrollover.notice;

import io.creditrollover.decision.Action;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.report.Explanations;
import io.creditrollover.rollover.UserForecasts;
import io.creditrollover.run.ForecastService;
import io.creditrollover.run.PolicyProvider;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Shows notices without planning or sending them: of a user, or a sample. Reads only. */
@Component
public class NoticePreviews {
    private static final UUID NO_MESSAGE = new UUID(0, 0);
    private static final int SAMPLE_CREDITS = 25;

    private final ForecastService outlooks;
    private final PolicyProvider policies;
    private final UserForecasts forecasts;
    private final Explanations explanations;
    private final ObjectProvider<NoticeMailRenderer> renderer;
    private final NoticeClock clock;
    private final JdbcClient jdbc;

    NoticePreviews(
            ForecastService outlooks,
            PolicyProvider policies,
            UserForecasts forecasts,
            Explanations explanations,
            ObjectProvider<NoticeMailRenderer> renderer,
            NoticeClock clock,
            JdbcClient jdbc) {
        this.outlooks = outlooks;
        this.policies = policies;
        this.forecasts = forecasts;
        this.explanations = explanations;
        this.renderer = renderer;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** A notice as a mail. */
    public record Preview(String subject, String text, String html) {}

    /** Returns what this user would be told now, whatever the address and the opt-out; empty for nothing. */
    public Optional<Preview> of(long userId, NoticeKind kind) {
        return (kind == NoticeKind.EXPIRING ? expiring(userId) : recorded(userId, kind))
                .map(notice -> preview(renderer.getObject().write(notice, "", clock.now())));
    }

    private Optional<Notice> expiring(long userId) {
        RolloverPolicy policy = next();
        return forecasts
                .of(policy, userId)
                .filter(RolloverDecision.class::isInstance)
                .map(RolloverDecision.class::cast)
                .filter(RolloverDecision::losesCredits)
                .map(decision -> notice(NoticeKind.EXPIRING, policy, decision));
    }

    private RolloverPolicy next() {
        return outlooks.policy(clock.nextRollover()).warnBy(null);
    }

    private Optional<Notice> recorded(long userId, NoticeKind kind) {
        return jdbc.sql("""
                        select rollover_date, credits_before, credits_after, action, reason_code, run_id
                        from credit_rollover_events
                        where user_id = :userId
                          and case when :expired then credits_before > credits_after else credits_before < credits_after end
                        order by id desc limit 1
                        """)
                .param("userId", userId)
                .param("expired", kind == NoticeKind.EXPIRED)
                .query((rs, row) -> notice(
                        kind,
                        userId,
                        rs.getObject("rollover_date", LocalDate.class),
                        rs.getInt("credits_before"),
                        rs.getInt("credits_after"),
                        rs.getString("action"),
                        rs.getString("reason_code"),
                        null,
                        rs.getLong("run_id")))
                .optional();
    }

    /** Returns an invented notice about the next rollover date, or the last one for what has happened. */
    public Preview sample(NoticeKind kind) {
        return kind == NoticeKind.EXPIRING
                ? preview(renderer.getObject().write(notice(kind, next(), sampleExpiry()), "", clock.now()))
                : pastSample(kind);
    }

    private Preview pastSample(NoticeKind kind) {
        RolloverPolicy policy =
                policies.configured(clock.nextRollover().minusMonths(1)).warnBy(null);
        NoticeMailRenderer mails = renderer.getObject();
        boolean expired = kind == NoticeKind.EXPIRED;
        Notice notice = expired
                ? notice(kind, policy, sampleExpiry())
                : notice(kind, 0, policy.date(), 0, SAMPLE_CREDITS, "reversal", ReasonCode.UNDONE.name(), null, 0L);
        String text = expired ? explanations.past(policy, sampleExpiry()) : "";
        return preview(mails.write(notice, "", NoticeMailRenderer.recorded(notice, text)));
    }

    private static RolloverDecision sampleExpiry() {
        return new RolloverDecision(
                0, Action.EXPIRY, SAMPLE_CREDITS, 0, ReasonCode.NO_PAYMENT, "No payment.", null, null, 0);
    }

    private static Notice notice(NoticeKind kind, RolloverPolicy policy, RolloverDecision decision) {
        return notice(
                kind,
                decision.userId(),
                policy.date(),
                decision.creditsBefore(),
                decision.creditsAfter(),
                decision.action().code(),
                decision.reasonCode().name(),
                new Notice.Expected(policy, decision),
                null);
    }

    private static Notice notice(
            NoticeKind kind,
            long userId,
            LocalDate date,
            int before,
            int after,
            String action,
            String reasonCode,
            Notice.@Nullable Expected expected,
            @Nullable Long runId) {
        return new Notice(0, NO_MESSAGE, userId, date, kind, "", before, after, action, reasonCode, expected, runId);
    }

    private static Preview preview(NoticeMail mail) {
        return new Preview(mail.subject(), mail.text(), mail.html());
    }
}
