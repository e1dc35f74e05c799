package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.PendingPayments;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.UserCredits;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * What the payments of a page of users say, in one query. Where the users are locked it must run in a later statement of
 * the same READ COMMITTED transaction: only then has it seen every payment that could still spare them.
 */
final class PaymentFacts {
    /** Ids that lie wider apart than this are looked up one by one; else the index is read from the first to the last. */
    private static final int DENSE = 16;

    private static final String OF_PAGE = """
            select u.id, l.id as last_id, l.plan_type as last_plan_type, l.created_at as last_paid_at,
                   coalesce(a.protected, 0) as protected, coalesce(a.negative, false) as negative,
                   a.renewal_ids, a.renewal_plan_types, a.renewal_dates,
                   coalesce(a.unusable, false) as date_unusable,
                   p.youngest, coalesce(p.undatable, false) as undatable,
                   (select waits_until from credit_rollover_waits where run_id = :runId and user_id = u.id) as waits_until
            from unnest(:ids::int[]) with ordinality as u (id, position)
            %s
            order by u.position
            """;

    private static final String OF_NEIGHBOURS = OF_PAGE.formatted(joins("user_id between :first and :last"));
    private static final String OF_SCATTERED = OF_PAGE.formatted(joins("user_id = any(:ids::int[])"));
    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final long runId;
    private final RolloverPolicy policy;

    PaymentFacts(JdbcClient jdbc, long runId, RolloverPolicy policy) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.policy = policy;
    }

    /**
     * Joins to a user {@code u} what their payments say: {@code l}, the last payment before the cut-off, {@code a}, what
     * came after it or cannot be dated, and {@code p}, money under way. The forecast joins the same, so that both read
     * alike. Each is one pass over an index, in its order, and not a look-up for each user. Needs {@code :cutoff},
     * {@code :eligible} and {@code :graceSeconds}.
     *
     * @param whose a condition on {@code payments.user_id}: the users looked at, and others as may be
     */
    static String joins(String whose) {
        return """
                left join (
                    select distinct on (user_id) user_id, id, plan_type, created_at from payments
                    where %1$s and payment_status = 'paid' and created_at < :cutoff
                    order by user_id, created_at desc, id desc) l on l.user_id = u.id
                left join (
                    select user_id, bool_or(created_at is null or created_at > clock_timestamp()) as unusable,
                           sum(credits_added) filter (where created_at >= :cutoff) as protected,
                           bool_or(credits_added < 0) filter (where created_at >= :cutoff) as negative,
                           array_agg(id::bigint order by id) filter (where %2$s) as renewal_ids,
                           array_agg(plan_type::text order by id) filter (where %2$s) as renewal_plan_types,
                           array_agg(created_at order by id) filter (where %2$s) as renewal_dates
                    from payments
                    where %1$s and payment_status = 'paid'
                      and (created_at is null or created_at >= least(:cutoff, now()))
                    group by user_id) a on a.user_id = u.id
                left join (
                    select user_id, max(created_at) filter (where created_at <= clock_timestamp()) as youngest,
                           bool_or(created_at is null or created_at > clock_timestamp()) as undatable
                    from payments
                    where %1$s and payment_status = 'pending'
                      and (created_at is null
                           or created_at > clock_timestamp() - :graceSeconds * interval '1 second')
                    group by user_id) p on p.user_id = u.id
                """.formatted(whose, "created_at >= :cutoff and plan_type = any(:eligible)");
    }

    /** Returns the users, who are in ascending order of their ids, with their facts. */
    List<Candidate> of(List<UserRow> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        int first = users.get(0).id();
        int last = users.get(users.size() - 1).id();
        boolean dense = (long) last - first < (long) DENSE * users.size();
        return bind(jdbc.sql(dense ? OF_NEIGHBOURS : OF_SCATTERED), policy)
                .param(
                        "ids",
                        new SqlArrayValue(
                                "int4", users.stream().map(UserRow::id).toArray()))
                .param("first", first)
                .param("last", last)
                .param("runId", runId)
                .query((rs, row) -> new Candidate(users.get(row).phoneNumber(), facts(rs, users.get(row))))
                .list();
    }

    /** Binds what {@link #joins} needs. */
    static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, RolloverPolicy policy) {
        return statement
                .param("cutoff", OffsetDateTime.ofInstant(policy.cutoff(), ZoneOffset.UTC))
                .param(
                        "eligible",
                        new SqlArrayValue("text", policy.eligiblePlanTypes().toArray()))
                .param("graceSeconds", policy.pendingGrace().toMillis() / 1000.0);
    }

    private static UserCredits facts(ResultSet rs, UserRow user) throws SQLException {
        return new UserCredits(
                user.id(),
                user.credits(),
                lastPaid(rs),
                rs.getLong("protected"),
                rs.getBoolean("negative"),
                renewals(rs),
                rs.getBoolean("date_unusable"),
                new PendingPayments(instant(rs, "youngest"), rs.getBoolean("undatable")),
                instant(rs, "waits_until"));
    }

    private static @Nullable PaidPayment lastPaid(ResultSet rs) throws SQLException {
        Instant paidAt = instant(rs, "last_paid_at");
        return paidAt == null ? null : new PaidPayment(rs.getLong("last_id"), rs.getString("last_plan_type"), paidAt);
    }

    private static List<PaidPayment> renewals(ResultSet rs) throws SQLException {
        Array ids = rs.getArray("renewal_ids");
        if (ids == null) {
            return List.of();
        }
        Long[] id = (Long[]) ids.getArray();
        String[] planTypes = (String[]) rs.getArray("renewal_plan_types").getArray();
        Timestamp[] dates = (Timestamp[]) rs.getArray("renewal_dates").getArray();
        List<PaidPayment> renewals = new ArrayList<>(id.length);
        for (int i = 0; i < id.length; i++) {
            renewals.add(new PaidPayment(id[i], planTypes[i], dates[i].toInstant()));
        }
        return renewals;
    }

    /** Returns a date; '-infinity', which has no place in a calendar, becomes the earliest that PostgreSQL can tell. */
    static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        if (moment == null) {
            return null;
        }
        return moment.equals(OffsetDateTime.MIN) ? EARLIEST : moment.toInstant();
    }
}
