package io.creditrollover.rollover;

import io.creditrollover.decision.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores skips for a person to check. */
public final class Skips {
    private static final long MIN_ALLOWED = 100;

    private Skips() {}

    /** Returns the maximum number of skips in a run. {@code configured} is null for the default. */
    public static long allowed(@Nullable Integer configured, long users) {
        return configured != null ? configured : Math.max(MIN_ALLOWED, users / 100);
    }

    /** Uses the caller's transaction. */
    public static void add(JdbcClient jdbc, long runId, List<Verdict.Skipped> users) {
        if (!users.isEmpty()) {
            jdbc.sql("""
                            insert into credit_rollover_skips (run_id, user_id, reason_code, reason)
                            select :runId, s.*
                            from unnest(:userIds::bigint[], :reasonCodes::text[], :reasons::text[]) as s
                            """)
                    .param("runId", runId)
                    .param("userIds", DecisionBatch.array("int8", users, Verdict.Skipped::userId))
                    .param("reasonCodes", DecisionBatch.array("text", users, s -> s.reasonCode()
                            .name()))
                    .param("reasons", DecisionBatch.array("text", users, Verdict.Skipped::reason))
                    .update();
        }
    }

    /** Uses the caller's transaction. */
    public static void addAndCount(JdbcClient jdbc, long runId, String work, List<Verdict.Skipped> users) {
        add(jdbc, runId, users);
        PartitionTotals.add(jdbc, runId, work, Totals.of(List.of(), users.size()));
    }
}
