package io.creditrollover.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user with payments, written by hand. Payments are numbered from 1. Read at 02:00 on the rollover date. */
final class Example {

    static final OracleRules RULES = OracleRules.defaults(LocalDate.of(2026, 12, 1));
    static final Instant IN_TIME = at("2026-12-01T02:00+05:30");

    private static final long USER = 3_000_000_007L;

    private final long credits;
    private final List<OraclePayment> payments = new ArrayList<>();
    private @Nullable Instant signedUp = at("2026-01-15T12:00+05:30");
    private Instant now = IN_TIME;
    private OracleRules rules = RULES;

    private Example(long credits) {
        this.credits = credits;
    }

    static Example aUserWith(long credits) {
        return new Example(credits);
    }

    static Instant at(String text) {
        return switch (text) {
            case "infinity" -> Instant.MAX;
            case "-infinity" -> Instant.MIN;
            default -> OffsetDateTime.parse(text).toInstant();
        };
    }

    Example signedUp(@Nullable String when) {
        signedUp = when == null ? null : at(when);
        return this;
    }

    Example readAt(String when) {
        now = at(when);
        return this;
    }

    Example under(OracleRules other) {
        rules = other;
        return this;
    }

    Example paid(@Nullable String planType, @Nullable String when, @Nullable Integer creditsAdded) {
        return add(planType, when, creditsAdded == null ? null : (long) creditsAdded, "paid");
    }

    /** A monthly payment of 50 credits with this status. */
    Example monthly(@Nullable String status, @Nullable String when) {
        return add("monthly", when, 50L, status);
    }

    private Example add(
            @Nullable String planType, @Nullable String when, @Nullable Long creditsAdded, @Nullable String status) {
        payments.add(new OraclePayment(
                payments.size() + 1, USER, planType, 29_900, creditsAdded, status, when == null ? null : at(when)));
        return this;
    }

    OracleVerdict judge() {
        return Oracle.judge(rules, user(), payments, now);
    }

    OracleVerdict judgeAfterWaiting() {
        return Oracle.judgeAfterWaiting(rules, user(), payments, now);
    }

    /** The verdict in a few words, for example {@code "EXPIRY NO_PAYMENT 30 to 0 by null"}. */
    String outcome() {
        return outcome(judge());
    }

    String outcomeAfterWaiting() {
        return outcome(judgeAfterWaiting());
    }

    private static String outcome(OracleVerdict verdict) {
        String outcome = verdict.kind() + " " + verdict.reasonCode();
        return switch (verdict.kind()) {
            case ROLLOVER, EXPIRY ->
                outcome + " " + verdict.creditsBefore() + " to " + verdict.creditsAfter() + " by "
                        + verdict.evidencePaymentId();
            default -> outcome;
        };
    }

    private OracleUser user() {
        return new OracleUser(USER, null, credits, signedUp);
    }
}
