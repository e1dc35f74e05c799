package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.rollover.KeyRange.Parity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Reads the payments of a page of users in one query and snapshot. For locked users, call it in a later statement of
 * the same READ COMMITTED transaction: it then sees every payment that could prevent a loss.
 *
 * <p>Aggregates in Java: joins would double the cost of a page, and nearly every user has one row.
 */
final class PaymentFacts {
    /** Maximum average distance of ids for an index range scan; above it, looks up each id. */
    private static final int DENSE = 4;

    private static final int LAST = 0;
    private static final int SINCE = 1;
    private static final int UNDECIDED = 2;
    private static final int WARNED = 4;

    private static final String NEIGHBOURS =
            "user_id between :first and :last and user_id::bigint & :mask::bigint <> :excluded::bigint";
    private static final String SCATTERED = "user_id = any(:ids::bigint[])";

    private final JdbcClient jdbc;
    private final long runId;
    private final RolloverPolicy policy;
    private final String ofNeighbours;
    private final String ofScattered;

    PaymentFacts(JdbcClient jdbc, long runId, RolloverPolicy policy) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.policy = policy;
        this.ofNeighbours = warned(inRun(query(NEIGHBOURS), NEIGHBOURS), NEIGHBOURS);
        this.ofScattered = warned(inRun(query(SCATTERED), SCATTERED), SCATTERED);
    }

    private static String query(String whose) {
        return """
                select 0, user_id, id, plan_type, created_at, 0::bigint, false, null from (%s) l
                union all
                select 1, user_id, id, plan_type::text, created_at, credits_added::bigint, %s, null %s
                union all
                select 2, user_id, id, null, created_at, (%s)::int, %s, coalesce(payment_status::text, 'null') %s
                """.formatted(
                        PaymentQueries.last(whose),
                        PaymentQueries.UNDATABLE,
                        PaymentQueries.since(whose),
                        PaymentQueries.YOUNG,
                        PaymentQueries.UNDATABLE,
                        PaymentQueries.undecided(whose));
    }

    /** Outside a run nobody is postponed, and the table may not exist. */
    private String inRun(String query, String whose) {
        return runId == 0 ? query : query + """
                        union all
                        select 3, user_id, 0, null, waits_until, 0, false, null from credit_rollover_waits
                        where run_id = :runId and %s
                        """.formatted(whose);
    }

    private String warned(String query, String whose) {
        return policy.warnBy() == null ? query : query + """
                        union all
                        select 4, user_id, 0, null, null, 0, false, null from %s and %s
                        """.formatted(PaymentQueries.WARNED, whose);
    }

    /** Users must be in ascending id order and of one parity. */
    List<Candidate> of(List<UserRow> users, Parity half) {
        if (users.isEmpty()) {
            return List.of();
        }
        Map<Long, UserPayments> payments =
                payments(users.stream().map(UserRow::id).toList(), half, id -> new UserPayments());
        return users.stream()
                .map(user -> new Candidate(
                        user.phoneNumber(),
                        payments.getOrDefault(user.id(), UserPayments.NONE).facts(user)))
                .toList();
    }

    /** Returns the payments by user, without users who have none. Ids are ascending and of one parity. */
    Map<Long, UserPayments> payments(List<Long> ids, Parity half, LongFunction<UserPayments> start) {
        Map<Long, UserPayments> payments = new HashMap<>(2 * ids.size());
        page(ids, half).query(rs -> {
            add(payments.computeIfAbsent(rs.getLong(2), start::apply), rs);
        });
        return payments;
    }

    private JdbcClient.StatementSpec page(List<Long> ids, Parity half) {
        boolean dense = isDense(ids);
        JdbcClient.StatementSpec query = PaymentQueries.bind(jdbc.sql(dense ? ofNeighbours : ofScattered), policy)
                .param("runId", runId);
        return dense
                ? query.param("first", ids.get(0))
                        .param("last", ids.get(ids.size() - 1))
                        .param("mask", half.mask())
                        .param("excluded", half.excluded())
                : query.param("ids", new SqlArrayValue("int8", ids.toArray()));
    }

    /** The distance of ids from both ends of bigint overflows a long, and is then negative. */
    static boolean isDense(List<Long> ids) {
        long distance = ids.get(ids.size() - 1) - ids.get(0);
        return distance >= 0 && distance < (long) DENSE * ids.size();
    }

    private void add(UserPayments user, ResultSet rs) throws SQLException {
        Instant at = PaymentQueries.instant(rs, 5);
        switch (rs.getInt(1)) {
            case LAST -> user.last(payment(rs, at));
            case SINCE -> since(user, rs, at, rs.getBoolean(7));
            case UNDECIDED -> undecided(user, rs, rs.getBoolean(7) ? null : at);
            case WARNED -> user.warned();
            default -> user.waits(at);
        }
    }

    private void since(UserPayments user, ResultSet rs, @Nullable Instant at, boolean undatable) throws SQLException {
        if (undatable) {
            user.unusable();
        } else if (at != null && !at.isBefore(policy.cutoff())) {
            user.since(payment(rs, at), rs.getObject(6, Long.class));
        }
    }

    private void undecided(UserPayments user, ResultSet rs, @Nullable Instant at) throws SQLException {
        String status = rs.getString(8);
        if (!status.equals("pending")) {
            user.unknownStatus(status, at);
        } else if (at == null) {
            user.undatablePending();
        } else {
            user.pending(at, rs.getLong(6) != 0, !at.isBefore(policy.cutoff()));
        }
    }

    private static PaidPayment payment(ResultSet rs, @Nullable Instant at) throws SQLException {
        return new PaidPayment(rs.getLong(3), rs.getString(4), Objects.requireNonNull(at));
    }
}
