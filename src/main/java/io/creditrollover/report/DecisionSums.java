package io.creditrollover.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A run's decisions and skips, added up in one pass over its events. Counts equal decisions first, so that numeric
 * arithmetic runs once for each kind.
 */
record DecisionSums(List<Line> all) {

    /** @param paidPaise the deciding payments */
    record Line(
            String action,
            String reasonCode,
            @Nullable String planType,
            long users,
            long creditsBefore,
            long creditsAfter,
            long paidPaise,
            long expiredValuePaise) {}

    static DecisionSums of(long runId, JdbcClient jdbc) {
        // Before events are analysed, the planner expects few of them and many groups. It would look up each payment,
        // and sort on disk.
        jdbc.sql("select set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true)")
                .query()
                .singleRow();
        DecisionSums sums = new DecisionSums(jdbc.sql("""
                        with alike as (
                            select d.action, d.reason_code,
                                   coalesce(d.eligible_plan_type, p.plan_type::text) as plan_type,
                                   d.credits_before - d.credits_after as expired, p.amount, p.credits_added,
                                   count(*) as users, sum(d.credits_before) as before, sum(d.credits_after) as after
                            from %s d left join payments p on p.id = d.payment_id
                            group by 1, 2, 3, 4, 5, 6)
                        select * from (
                        select action, reason_code, plan_type, sum(users)::bigint as users,
                               sum(before)::bigint as credits_before, sum(after)::bigint as credits_after,
                               coalesce(sum(users * amount), 0)::bigint as paid_paise,
                               coalesce(sum(users * round(expired::numeric * amount / nullif(credits_added, 0)))
                                            filter (where amount > 0 and credits_added > 0), 0)::bigint
                                   as expired_value_paise
                        from alike
                        group by 1, 2, 3
                        union all
                        select 'skip', s.reason_code, null, count(*), 0, 0, 0, 0
                        from credit_rollover_skips s where s.run_id = :runId
                        group by s.reason_code) as line
                        order by action = 'skip', action desc, users desc, reason_code, plan_type
                        """.formatted(RunDecisions.OF_RUN))
                .param("runId", runId)
                .query(Line.class)
                .list());
        jdbc.sql("set local enable_nestloop = default").update();
        jdbc.sql("set local enable_sort = default").update();
        return sums;
    }

    List<DecisionLine> lines() {
        return all.stream()
                .map(line -> new DecisionLine(
                        line.action(),
                        line.reasonCode(),
                        line.planType(),
                        line.users(),
                        line.creditsBefore(),
                        line.creditsAfter()))
                .toList();
    }

    Revenue revenue() {
        long kept = 0;
        long atRisk = 0;
        long value = 0;
        for (Line line : all) {
            kept += line.action().equals("rollover") ? line.paidPaise() : 0;
            atRisk += line.reasonCode().equals("WINDOW_ELAPSED") ? line.paidPaise() : 0;
            value += isDecision(line) ? line.expiredValuePaise() : 0;
        }
        return new Revenue(kept, atRisk, value);
    }

    long users() {
        return users("rollover") + users("expiry") + users("skip");
    }

    long users(String action) {
        return all.stream()
                .filter(line -> line.action().equals(action))
                .mapToLong(Line::users)
                .sum();
    }

    long creditsBefore() {
        return all.stream()
                .filter(DecisionSums::isDecision)
                .mapToLong(Line::creditsBefore)
                .sum();
    }

    long creditsAfter() {
        return all.stream()
                .filter(DecisionSums::isDecision)
                .mapToLong(Line::creditsAfter)
                .sum();
    }

    private static boolean isDecision(Line line) {
        return line.action().equals("rollover") || line.action().equals("expiry");
    }
}
