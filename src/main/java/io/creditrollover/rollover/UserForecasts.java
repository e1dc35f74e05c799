package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Forecasts single users with a run's queries and policy, in READ ONLY transactions. Thread-safe. */
@Component
public class UserForecasts {
    private static final int PAGE = 1000;

    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;

    UserForecasts(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Passes each user in scope, by id: phone number in full and verdict, as if pending payments stayed unpaid. */
    public void forEach(RolloverPolicy policy, BiConsumer<@Nullable String, Verdict> consumer) {
        CandidateSource source = CandidateSource.lookingAhead(jdbc, policy, transactions);
        KeyRange rest = new KeyRange(Long.MIN_VALUE, Long.MAX_VALUE);
        List<Candidate> page = source.page(rest, PAGE);
        while (!page.isEmpty()) {
            page.forEach(candidate -> consumer.accept(
                    candidate.phoneNumber(), policy.decide(candidate.facts().afterWaiting())));
            rest = rest.above(page.get(page.size() - 1).userId());
            page = source.page(rest, PAGE);
        }
    }

    /** Passes the verdicts of each page of users in scope, by id, as if pending payments stayed unpaid. */
    public void forEachPage(RolloverPolicy policy, Consumer<List<Verdict>> consumer) {
        CandidateSource source = CandidateSource.lookingAhead(jdbc, policy, transactions);
        KeyRange rest = new KeyRange(Long.MIN_VALUE, Long.MAX_VALUE);
        List<Candidate> page = source.page(rest, PAGE);
        while (!page.isEmpty()) {
            consumer.accept(page.stream()
                    .map(candidate -> policy.decide(candidate.facts().afterWaiting()))
                    .toList());
            rest = rest.above(page.get(page.size() - 1).userId());
            page = source.page(rest, PAGE);
        }
    }

    /** Returns the verdicts of these users now, without those out of scope. */
    public List<Verdict> of(RolloverPolicy policy, Collection<Long> userIds) {
        return CandidateSource.lookingAhead(jdbc, policy, transactions).of(userIds).stream()
                .map(candidate -> policy.decide(candidate.facts()))
                .toList();
    }

    /** Returns empty for a user out of scope. */
    public Optional<Verdict> of(RolloverPolicy policy, long userId) {
        return CandidateSource.lookingAhead(jdbc, policy, transactions).of(List.of(userId)).stream()
                .map(candidate -> policy.decide(candidate.facts()))
                .findFirst();
    }
}
