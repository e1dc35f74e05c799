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
    /**
     * Joins to a user {@code u} what their payments say. The forecast joins the same, so that both read alike. Needs
     * {@code :cutoff}, {@code :eligible} and {@code :graceSeconds}.
     */
    static final String JOINS = """
            left join lateral (
                select id, plan_type, created_at from payments
                where user_id = u.id and payment_status = 'paid' and created_at < :cutoff
                order by created_at desc, id desc limit 1) l on true
            left join lateral (
                select created_at is null or created_at > clock_timestamp() as unusable from payments
                where user_id = u.id and payment_status = 'paid'
                order by created_at desc nulls first limit 1) t on true
            left join lateral (
                select sum(credits_added) as protected, bool_or(credits_added < 0) as negative,
                       array_agg(id::bigint order by id) filter (where plan_type = any(:eligible)) as renewal_ids,
                       array_agg(plan_type::text order by id) filter (where plan_type = any(:eligible))
                           as renewal_plan_types,
                       array_agg(created_at order by id) filter (where plan_type = any(:eligible)) as renewal_dates
                from payments
                where user_id = u.id and payment_status = 'paid' and created_at >= :cutoff) a on true
            left join lateral (
                select max(created_at) filter (where created_at <= clock_timestamp()) as youngest,
                       bool_or(created_at is null or created_at > clock_timestamp()) as undatable
                from payments
                where user_id = u.id and payment_status = 'pending'
                  and (created_at is null
                       or created_at > clock_timestamp() - :graceSeconds * interval '1 second')) p on true
            """;

    private static final String OF_PAGE = """
            select u.id, l.id as last_id, l.plan_type as last_plan_type, l.created_at as last_paid_at,
                   coalesce(a.protected, 0) as protected, coalesce(a.negative, false) as negative,
                   a.renewal_ids, a.renewal_plan_types, a.renewal_dates,
                   coalesce(t.unusable, false) as date_unusable,
                   p.youngest, coalesce(p.undatable, false) as undatable, w.waits_until
            from unnest(:ids::int[]) with ordinality as u (id, position)
            """ + JOINS + """
            left join credit_rollover_waits w on w.run_id = :runId and w.user_id = u.id
            order by u.position
            """;

    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final long runId;
    private final RolloverPolicy policy;

    PaymentFacts(JdbcClient jdbc, long runId, RolloverPolicy policy) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.policy = policy;
    }

    /** Returns the users with their facts, in the given order. */
    List<Candidate> of(List<UserRow> users) {
        return bind(jdbc.sql(OF_PAGE), policy)
                .param(
                        "ids",
                        new SqlArrayValue(
                                "int4", users.stream().map(UserRow::id).toArray()))
                .param("runId", runId)
                .query((rs, row) -> new Candidate(users.get(row).phoneNumber(), facts(rs, users.get(row))))
                .list();
    }

    /** Binds what {@link #JOINS} needs. */
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
