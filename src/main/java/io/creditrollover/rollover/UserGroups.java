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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Groups users in scope by the inputs of a decision. A forecast decides each group once with {@link
 * RolloverPolicy#decide}, as a run does. Streams groups: there may be as many as users.
 */
public final class UserGroups {
    private static final String NOTICES = """
            left join (select distinct user_id from %s and user_id > :after and user_id <= :upTo) n
                   on n.user_id = u.id
            """.formatted(PaymentQueries.WARNED);
    private static final String OF_RANGE = "user_id > :after and user_id <= :upTo";
    private static final int FETCH_SIZE = 1_000;

    /** A payment without a plan type is not the same as no payment. */
    private static final String FACTS = "has_last, last_plan_type, in_window, protected, protected_unusable,"
            + " plan_types, date_unusable, awaiting_payment, undatable, unknown_status, warned";

    /**
     * Groups by balance for users and credits, by slice for users only. Slices make few groups: an expiry depends on
     * the balance only with credits bought since the cut-off or an unusable balance. PostgreSQL sorts for grouping
     * sets. An inner grouping, by hash, leaves it few rows and halves the time.
     */
    private static final String QUERY = """
            select sum(users)::bigint as users, slice, min(credits) as credits, min(last_paid_at) as last_paid_at, %1$s
            from (
                select count(*) as users, slice, credits, min(last_paid_at) as last_paid_at, %1$s,
                       case when protected > 0 or credits > 2147483647 then credits end as telling_credits
                from (
                    select u.credits, l.created_at as last_paid_at, l.id is not null as has_last,
                           l.plan_type as last_plan_type,
                           2 * pg_catalog.width_bucket(u.id::bigint, :sliceStarts::bigint[]) + (u.id & 1)::int as slice,
                           l.created_at >= w.window_start as in_window, coalesce(a.protected, 0) as protected,
                           coalesce(a.protected_unusable, false) as protected_unusable, a.plan_types,
                           coalesce(a.unusable, false) as date_unusable, coalesce(p.awaiting, false) as awaiting_payment,
                           coalesce(p.undatable, false) as undatable, p.unknown_status, %7$s as warned
                    from users u
                    left join (%2$s) l on l.user_id = u.id
                    left join (
                        select user_id, bool_or(%3$s) as unusable,
                               least(sum(credits_added) filter (where created_at >= :cutoff), 9223372036854775807)::bigint
                                   as protected,
                               bool_or(credits_added is null or credits_added < 0) filter (where created_at >= :cutoff)
                                   as protected_unusable,
                               array_agg(distinct plan_type::text) filter (where created_at >= :cutoff) as plan_types
                        %4$s
                        group by user_id) a on a.user_id = u.id
                    left join (
                        select user_id,
                               bool_or(payment_status::text = 'pending' and (created_at >= :cutoff or %5$s)) as awaiting,
                               bool_or(payment_status::text = 'pending' and %3$s) as undatable,
                               min(coalesce(payment_status::text, 'null'))
                                   filter (where payment_status is null or payment_status::text <> 'pending')
                                   as unknown_status
                        %6$s
                        group by user_id) p on p.user_id = u.id
                    left join unnest(:planTypes::text[], :windowStarts::timestamptz[]) as w (plan_type, window_start)
                           on w.plan_type = l.plan_type
                    %8$s
                    where u.id > :after and u.id <= :upTo
                      and u.credits > 0 and (u.created_at < :cutoff or u.created_at is null)) as in_scope
                group by slice, credits, %1$s) as alike
            group by grouping sets ((credits, %1$s), (slice, telling_credits, %1$s))
            """;

    private static String query(String warned, String notices) {
        return QUERY.formatted(
                FACTS,
                PaymentQueries.last(OF_RANGE),
                PaymentQueries.UNDATABLE,
                PaymentQueries.since(OF_RANGE),
                PaymentQueries.YOUNG,
                PaymentQueries.undecided(OF_RANGE),
                warned,
                notices);
    }

    /**
     * Users with the same decision.
     *
     * @param users their number
     * @param slice their slice; null for a group by balance
     * @param facts of any of them: id 0, a date on the same side of the window, no pending payments within the grace
     * @param awaitingPayment whether each has such a pending payment
     */
    public record UserGroup(long users, @Nullable Integer slice, UserCredits facts, boolean awaitingPayment) {}

    private UserGroups() {}

    /** A part of the users, read in the caller's transaction. */
    @FunctionalInterface
    public interface Part {
        /** Passes groups by balance, then by slice. Parts may repeat a group. */
        void forEach(Consumer<UserGroup> consumer);
    }

    /** Returns up to {@code count} parts of all users. Read them in one snapshot. */
    public static List<Part> parts(JdbcClient jdbc, RolloverPolicy policy, Slices slices, int count) {
        List<Part> parts = new ArrayList<>();
        for (KeyRange range : slices.ranges(count)) {
            parts.add(consumer -> read(jdbc, policy, slices, range, consumer));
        }
        return parts;
    }

    private static void read(
            JdbcClient jdbc, RolloverPolicy policy, Slices slices, KeyRange range, Consumer<UserGroup> consumer) {
        // The planner's statistics lack recent payments; merge and hash joins suit everything here.
        jdbc.sql("select set_config('enable_nestloop', 'off', true)").query().singleRow();
        List<String> planTypes = List.copyOf(policy.plans().keySet());
        Object[] windowStarts = planTypes.stream()
                .map(planType -> OffsetDateTime.ofInstant(policy.windowStart(planType), ZoneOffset.UTC))
                .toArray();
        Object[] sliceStarts =
                slices.within(range).stream().map(bound -> bound + 1).toArray();
        int firstSlice = 2 * slices.firstPart(range);
        String sql = policy.warnBy() == null ? query("false", "") : query("n.user_id is not null", NOTICES);
        PaymentQueries.bind(jdbc.sql(sql), policy)
                .param("after", range.after())
                .param("upTo", range.upTo())
                .param("sliceStarts", new SqlArrayValue("int8", sliceStarts))
                .param("planTypes", new SqlArrayValue("text", planTypes.toArray()))
                .param("windowStarts", new SqlArrayValue("timestamptz", windowStarts))
                .withFetchSize(FETCH_SIZE)
                .query(rs -> {
                    consumer.accept(group(rs, firstSlice, policy));
                });
    }

    /** Includes only pending payments without a usable date, as if the grace were over. */
    private static UserGroup group(ResultSet rs, int firstSlice, RolloverPolicy policy) throws SQLException {
        boolean undatable = rs.getBoolean("undatable");
        UserCredits facts = new UserCredits(
                0,
                rs.getLong("credits"),
                lastPaid(rs),
                rs.getLong("protected"),
                rs.getBoolean("protected_unusable"),
                paidAfterCutoff(rs.getArray("plan_types"), policy),
                rs.getBoolean("date_unusable"),
                rs.getString("unknown_status"),
                new PendingPayments(null, undatable, false),
                undatable ? Instant.EPOCH : null,
                rs.getBoolean("warned"));
        Integer slice = rs.getObject("slice", Integer.class);
        return new UserGroup(
                rs.getLong("users"),
                slice == null ? null : firstSlice + slice,
                facts,
                rs.getBoolean("awaiting_payment"));
    }

    private static @Nullable PaidPayment lastPaid(ResultSet rs) throws SQLException {
        Instant paidAt = PaymentQueries.instant(rs, rs.findColumn("last_paid_at"));
        return paidAt == null ? null : new PaidPayment(0, rs.getString("last_plan_type"), paidAt);
    }

    private static List<PaidPayment> paidAfterCutoff(@Nullable Array planTypes, RolloverPolicy policy)
            throws SQLException {
        return planTypes == null
                ? List.of()
                : Arrays.stream((String[]) planTypes.getArray())
                        .map(planType -> new PaidPayment(0, planType, policy.cutoff()))
                        .toList();
    }
}
