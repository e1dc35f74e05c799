package io.creditrollover.rollover;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.Verdict;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users in scope with neither a decision nor a skip. */
public final class UndecidedUsers {
    private static final String NEITHER_NOR = """
            not exists (select from credit_rollover_events e
                        where e.run_id = :runId and e.user_id = u.id and e.action in ('rollover', 'expiry')%1$s)
              and not exists (select from credit_rollover_dry_run_decisions d
                              where d.run_id = :runId and d.user_id = u.id%1$s)
              and not exists (select from credit_rollover_skips s
                              where s.run_id = :runId and s.user_id = u.id%1$s)""";

    /** For a few users {@code u}. OFFSET 0 forces index look-ups: the planner's statistics lack the run's events. */
    static final String CONDITION = NEITHER_NOR.formatted(" offset 0");

    private static final String QUERY = """
            select u.id, u.credits from users u
            where u.credits > 0 and (u.created_at < :cutoff or u.created_at is null)
              and %s
            """.formatted(NEITHER_NOR.formatted(""));

    /** Materializes the undecided users first: they are few, and only their payments are read. */
    private static final String HOLDING_OLD_CREDITS = """
            with unaccounted as materialized (%s)
            select u.id from unaccounted u
            where u.credits > coalesce((select sum(p.credits_added) from payments p
                                        where p.user_id = u.id and p.payment_status::text = 'paid'
                                          and p.created_at >= :cutoff), 0)
            """.formatted(QUERY);

    private UndecidedUsers() {}

    public static List<Long> of(JdbcClient jdbc, RunContext order) {
        return query(jdbc, order, QUERY);
    }

    /** Returns users with more credits than bought since the cut-off; while any exists, a run is not complete. */
    public static List<Long> holdingOldCredits(JdbcClient jdbc, RunContext order) {
        return query(jdbc, order, HOLDING_OLD_CREDITS);
    }

    /** Skips users newly in scope, in the caller's transaction. */
    public static void skipAsLate(JdbcClient jdbc, RunContext order, Collection<Long> userIds, String work) {
        skip(jdbc, order, userIds, work, ReasonCode.ARRIVED_LATE, "The user came into scope while the run was ending.");
    }

    static void skip(
            JdbcClient jdbc, RunContext order, Collection<Long> userIds, String work, ReasonCode code, String reason) {
        Skips.addAndCount(
                jdbc,
                order.runId(),
                work,
                userIds.stream()
                        .map(id -> new Verdict.Skipped(id, code, reason))
                        .toList());
    }

    /**
     * Disables nested loops in the caller's transaction: the planner expects few events of a new run and would scan all
     * of them for each user, for hours.
     */
    private static List<Long> query(JdbcClient jdbc, RunContext order, String query) {
        jdbc.sql("select set_config('enable_nestloop', 'off', true)").query().singleRow();
        return jdbc.sql(query)
                .param("cutoff", OffsetDateTime.ofInstant(order.policy().cutoff(), ZoneOffset.UTC))
                .param("runId", order.runId())
                .query((rs, row) -> rs.getLong("id"))
                .list();
    }
}
