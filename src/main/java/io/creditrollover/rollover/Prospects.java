package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What would become of single users, by the queries and the decision of a run, without one. Reads only, in transactions
 * that PostgreSQL holds READ ONLY. Safe for use by several threads.
 */
@Component
public class Prospects {
    private static final int PAGE = 1000;

    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;

    Prospects(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Hands every user in scope, by id, to {@code consumer}: the whole phone number, and the verdict. */
    public void forEach(RolloverPolicy policy, BiConsumer<String, Verdict> consumer) {
        CandidateSource source = CandidateSource.lookingAhead(jdbc, policy, transactions);
        KeyRange rest = new KeyRange(Integer.MIN_VALUE, Integer.MAX_VALUE);
        List<Candidate> page = source.page(rest, PAGE);
        while (!page.isEmpty()) {
            page.forEach(candidate -> consumer.accept(candidate.phoneNumber(), policy.decide(candidate.facts())));
            rest = rest.above(page.get(page.size() - 1).userId());
            page = source.page(rest, PAGE);
        }
    }

    /** Returns the verdict about one user; empty when the user is not in scope. */
    public Optional<Verdict> of(RolloverPolicy policy, int userId) {
        return CandidateSource.lookingAhead(jdbc, policy, transactions)
                .page(new KeyRange(userId - 1, userId), 1)
                .stream()
                .map(candidate -> policy.decide(candidate.facts()))
                .findFirst();
    }
}
