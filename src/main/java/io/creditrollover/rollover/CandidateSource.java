package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads candidates. A live run locks a page of users until the chunk's transaction ends, then reads their payments in
 * it. SKIP LOCKED avoids waiting for the host; FOR NO KEY UPDATE lets the host insert payments of a locked user. A dry
 * run locks nothing and reads in its own READ ONLY transaction.
 */
final class CandidateSource {
    private static final String SCOPE = "u.credits > 0 and (u.created_at < :cutoff or u.created_at is null)";

    private static final String PAGE = """
            select u.id, u.phone_number::text as phone_number, u.credits from users u
            where u.id > :after and u.id <= :upTo and u.id::bigint & :mask::bigint <> :excluded::bigint and %s
            order by u.id
            limit :limit
            """.formatted(SCOPE);

    private static final String NAMED = """
            select u.id, u.phone_number::text as phone_number, u.credits from users u
            where u.id = any(:ids::bigint[]) and %s
            order by u.id
            """.formatted(SCOPE);

    private static final String UNACCOUNTED = """
            select u.id, u.phone_number::text as phone_number, u.credits from users u
            where u.id = any(:ids::bigint[]) and %s
              and %s
            order by u.id
            """.formatted(SCOPE, UndecidedUsers.CONDITION);

    private static final String LOCK = "for no key update of u skip locked";

    private final JdbcClient jdbc;
    private final long runId;
    private final RolloverPolicy policy;
    private final boolean dryRun;
    private final PaymentFacts facts;
    private final TransactionTemplate readOnly;

    CandidateSource(JdbcClient jdbc, RunContext order, PlatformTransactionManager transactions) {
        this(jdbc, order.runId(), order.policy(), order.dryRun(), transactions);
    }

    private CandidateSource(
            JdbcClient jdbc,
            long runId,
            RolloverPolicy policy,
            boolean dryRun,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.policy = policy;
        this.dryRun = dryRun;
        this.facts = new PaymentFacts(jdbc, runId, policy);
        this.readOnly = new TransactionTemplate(transactions);
        this.readOnly.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** For forecasts, outside any run. */
    static CandidateSource lookingAhead(
            JdbcClient jdbc, RolloverPolicy policy, PlatformTransactionManager transactions) {
        return new CandidateSource(jdbc, 0, policy, true, transactions);
    }

    /** Returns the first users in scope, by id. Fewer than {@code limit} means the end. */
    List<Candidate> page(KeyRange range, int limit) {
        return reading(() -> facts.of(
                inScope(PAGE)
                        .param("after", range.after())
                        .param("upTo", range.upTo())
                        .param("mask", range.half().mask())
                        .param("excluded", range.half().excluded())
                        .param("limit", limit)
                        .query(UserRow::of)
                        .list(),
                range.half()));
    }

    List<Candidate> of(Collection<Long> userIds) {
        return named(NAMED, userIds);
    }

    /** Omits users decided, skipped, out of scope or locked by the host. */
    List<Candidate> unaccounted(Collection<Long> userIds) {
        return named(UNACCOUNTED, userIds);
    }

    private List<Candidate> named(String query, Collection<Long> userIds) {
        return reading(() -> facts.of(
                inScope(query)
                        .param("ids", new SqlArrayValue("int8", userIds.toArray()))
                        .param("runId", runId)
                        .query(UserRow::of)
                        .list(),
                KeyRange.Parity.BOTH));
    }

    private JdbcClient.StatementSpec inScope(String query) {
        return jdbc.sql(dryRun ? query : query + LOCK)
                .param("cutoff", OffsetDateTime.ofInstant(policy.cutoff(), ZoneOffset.UTC));
    }

    private List<Candidate> reading(Supplier<List<Candidate>> read) {
        return dryRun
                ? java.util.Objects.requireNonNull(readOnly.execute(status -> {
                    jdbc.sql("set transaction read only").update();
                    return read.get();
                }))
                : read.get();
    }
}
