package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.Verdict;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** A chunk's verdicts by kind, as arrays: one statement per table. */
final class DecisionBatch {
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 6, SignStyle.NEVER)
            .appendPattern("-MM-dd HH:mm:ss.SSSSSS+00")
            .toFormatter(Locale.ROOT);

    private final List<DecidedUser> decidedUsers = new ArrayList<>();
    private final List<RolloverDecision> decisions = new ArrayList<>();
    private final List<Verdict.Skipped> skipped = new ArrayList<>();
    private final List<Verdict.Postponed> postponed = new ArrayList<>();

    DecisionBatch(Iterable<? extends DecidedUser> chunk) {
        for (DecidedUser decided : chunk) {
            Verdict verdict = decided.verdict();
            if (verdict instanceof RolloverDecision decision) {
                decidedUsers.add(decided);
                decisions.add(decision);
            } else if (verdict instanceof Verdict.Skipped skip) {
                skipped.add(skip);
            } else if (verdict instanceof Verdict.Postponed postponement) {
                postponed.add(postponement);
            }
        }
    }

    boolean isEmpty() {
        return decisions.isEmpty() && skipped.isEmpty() && postponed.isEmpty();
    }

    /** For a chunk with refused decisions. */
    DecisionBatch withoutDecisions() {
        DecisionBatch rest = new DecisionBatch(List.of());
        rest.skipped.addAll(skipped);
        rest.postponed.addAll(postponed);
        return rest;
    }

    List<RolloverDecision> decisions() {
        return decisions;
    }

    List<Verdict.Skipped> skipped() {
        return skipped;
    }

    List<Verdict.Postponed> postponed() {
        return postponed;
    }

    Totals totals() {
        return Totals.of(decisions, skipped.size());
    }

    /** Binds the columns common to events and dry-run decisions. */
    JdbcClient.StatementSpec bindDecisions(JdbcClient.StatementSpec statement) {
        return statement
                .param("userIds", array("int8", decisions, RolloverDecision::userId))
                .param("phones", array("text", decidedUsers, DecidedUser::phoneNumber))
                .param("before", array("int4", decisions, RolloverDecision::creditsBefore))
                .param("after", array("int4", decisions, RolloverDecision::creditsAfter))
                .param("actions", array("text", decisions, d -> d.action().code()))
                .param("eligiblePlanTypes", array("text", decisions, RolloverDecision::eligiblePlanType))
                .param("reasons", array("text", decisions, RolloverDecision::reason))
                .param("reasonCodes", array("text", decisions, d -> d.reasonCode()
                        .name()))
                .param("paymentIds", array("int8", decisions, d -> id(d.evidence())))
                .param("paidAt", array("timestamptz", decisions, d -> paidAt(d.evidence())))
                .param("protected", array("int4", decisions, RolloverDecision::creditsProtected));
    }

    static <T> SqlArrayValue array(String type, List<T> rows, Function<T, @Nullable Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }

    private static @Nullable Long id(@Nullable PaidPayment payment) {
        return payment == null ? null : payment.id();
    }

    /** As PostgreSQL writes a moment: it does not read the years before Christ as Java writes them. */
    private static @Nullable String paidAt(@Nullable PaidPayment payment) {
        if (payment == null) {
            return null;
        }
        OffsetDateTime at = OffsetDateTime.ofInstant(payment.paidAt(), ZoneOffset.UTC);
        return MOMENT.format(at) + (at.getYear() > 0 ? "" : " BC");
    }
}
