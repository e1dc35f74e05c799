package io.creditrollover.rollover;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.Verdict;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Users refused by the host's database. In memory until the sweep ends; after a crash they are undecided, so the next
 * sweep finds them.
 */
final class RefusedUsers {
    /** Maximum for an exact count, as each refused user costs a transaction. */
    private static final long MAX_COUNTED = 10_000;

    private final JdbcClient jdbc;
    private final long runId;
    private final long max;
    private final Map<Long, Refusal> refusals = new TreeMap<>();

    RefusedUsers(JdbcClient jdbc, long runId, long max) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.max = max;
    }

    void add(long userId, Refusal refusal) {
        refusals.put(userId, refusal);
    }

    Collection<Long> ids() {
        return refusals.keySet();
    }

    List<Verdict.Skipped> asSkips(Collection<Long> userIds) {
        return refusals.entrySet().stream()
                .filter(user -> userIds.contains(user.getKey()))
                .map(user -> skip(user.getKey(), user.getValue()))
                .toList();
    }

    /** Stops without an exact count far above the limit. */
    void requireNotHopeless() {
        if (refusals.size() > Math.max(max, MAX_COUNTED)) {
            throw tooMany("at least " + refusals.size());
        }
    }

    /** Includes earlier sweeps of the run. */
    void requireFew() {
        if (!refusals.isEmpty()) {
            long all = refusals.size() + skippedBefore();
            if (all > max) {
                throw tooMany(String.valueOf(all));
            }
        }
    }

    private ExitException tooMany(String count) {
        String example = refusals.values().iterator().next().words();
        return new ExitException(
                ExitCode.REFUSED,
                "Run " + runId + " stopped: rollover.skip-limit: the host's database refused the new balance of "
                        + count
                        + " users, more than " + max + ". For example: " + example
                        + ". Their balances are unchanged. Correct the constraint or trigger, then run or restart it. To skip"
                        + " these users, run or restart it with --approve REASON.");
    }

    private long skippedBefore() {
        return jdbc.sql("""
                        select count(*) from credit_rollover_skips where run_id = :runId and reason_code = 'ROW_REFUSED'
                        """).param("runId", runId).query(Long.class).single();
    }

    private static Verdict.Skipped skip(long userId, Refusal refusal) {
        return new Verdict.Skipped(
                userId,
                ReasonCode.ROW_REFUSED,
                "The host's database refused the new balance: " + refusal.words() + ".");
    }
}
