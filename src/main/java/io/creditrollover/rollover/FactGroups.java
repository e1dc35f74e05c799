package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.PendingPayments;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.UserCredits;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * All users in scope, grouped by what a decision depends on. A forecast decides each group once, by the same facts and
 * the same {@link RolloverPolicy#decide} as a run: a million users make some thousand groups.
 */
public final class FactGroups {
    private static final String OF_RANGE = "user_id > :after and user_id <= :upTo";

    private static final String QUERY = """
            select count(*) as users, u.credits, l.plan_type as last_plan_type,
                   l.created_at >= w.window_start as in_window, min(l.created_at) as last_paid_at,
                   coalesce(a.protected, 0) as protected, coalesce(a.negative, false) as negative,
                   a.renewal_plan_types, coalesce(a.unusable, false) as date_unusable,
                   p.youngest is not null as awaiting_payment, coalesce(p.undatable, false) as undatable
            from users u
            left join (%s) l on l.user_id = u.id
            left join (
                select user_id, bool_or(%s) as unusable,
                       sum(credits_added) filter (where created_at >= :cutoff) as protected,
                       bool_or(credits_added < 0) filter (where created_at >= :cutoff) as negative,
                       array_agg(plan_type::text order by id)
                           filter (where created_at >= :cutoff and plan_type = any(:eligible)) as renewal_plan_types
                %s
                group by user_id) a on a.user_id = u.id
            left join (
                select user_id, max(created_at) filter (where created_at <= clock_timestamp()) as youngest,
                       bool_or(%s) as undatable
                %s
                group by user_id) p on p.user_id = u.id
            left join unnest(:planTypes::text[], :windowStarts::timestamptz[]) as w (plan_type, window_start)
                   on w.plan_type = l.plan_type
            where u.id > :after and u.id <= :upTo
              and u.credits > 0 and (u.created_at < :cutoff or u.created_at is null)
            group by u.credits, l.plan_type, in_window, coalesce(a.protected, 0), coalesce(a.negative, false),
                     a.renewal_plan_types, coalesce(a.unusable, false),
                     p.youngest is not null, coalesce(p.undatable, false)
            """.formatted(
                    PaymentRows.last(OF_RANGE),
                    PaymentRows.UNDATABLE,
                    PaymentRows.since(OF_RANGE),
                    PaymentRows.UNDATABLE,
                    PaymentRows.underWay(OF_RANGE));

    private FactGroups() {}

    /**
     * Returns so many reads, or fewer, each of some of the users and together of all; each reads only, in its caller's
     * transaction, and they belong into one snapshot. The same group may come from several.
     */
    public static List<Supplier<List<FactGroup>>> reads(JdbcClient jdbc, RolloverPolicy policy, int count) {
        List<Supplier<List<FactGroup>>> reads = new ArrayList<>();
        for (KeyRange range : KeyRanges.cut(jdbc, policy, count).ranges()) {
            reads.add(() -> of(jdbc, policy, range));
        }
        return reads;
    }

    private static List<FactGroup> of(JdbcClient jdbc, RolloverPolicy policy, KeyRange range) {
        // Payments since the cut-off are news to the planner too; everything here is joined in order or by hash.
        jdbc.sql("select set_config('enable_nestloop', 'off', true)").query().singleRow();
        List<String> planTypes = List.copyOf(policy.plans().keySet());
        Object[] windowStarts = planTypes.stream()
                .map(planType -> OffsetDateTime.ofInstant(policy.windowStart(planType), ZoneOffset.UTC))
                .toArray();
        return PaymentRows.bind(jdbc.sql(QUERY), policy)
                .param("after", range.after())
                .param("upTo", range.upTo())
                .param(
                        "eligible",
                        new SqlArrayValue("text", policy.eligiblePlanTypes().toArray()))
                .param("planTypes", new SqlArrayValue("text", planTypes.toArray()))
                .param("windowStarts", new SqlArrayValue("timestamptz", windowStarts))
                .query((rs, row) -> group(rs, policy))
                .list();
    }

    /** Of money under way only what no waiting settles counts, and it counts as if the wait were over. */
    private static FactGroup group(ResultSet rs, RolloverPolicy policy) throws SQLException {
        boolean undatable = rs.getBoolean("undatable");
        UserCredits facts = new UserCredits(
                0,
                rs.getInt("credits"),
                lastPaid(rs),
                rs.getLong("protected"),
                rs.getBoolean("negative"),
                renewals(rs.getArray("renewal_plan_types"), policy),
                rs.getBoolean("date_unusable"),
                new PendingPayments(null, undatable),
                undatable ? Instant.EPOCH : null);
        return new FactGroup(rs.getLong("users"), facts, rs.getBoolean("awaiting_payment"));
    }

    private static @Nullable PaidPayment lastPaid(ResultSet rs) throws SQLException {
        Instant paidAt = PaymentRows.instant(rs, rs.findColumn("last_paid_at"));
        return paidAt == null ? null : new PaidPayment(0, rs.getString("last_plan_type"), paidAt);
    }

    private static List<PaidPayment> renewals(@Nullable Array planTypes, RolloverPolicy policy) throws SQLException {
        return planTypes == null
                ? List.of()
                : Arrays.stream((String[]) planTypes.getArray())
                        .map(planType -> new PaidPayment(0, planType, policy.cutoff()))
                        .toList();
    }
}
