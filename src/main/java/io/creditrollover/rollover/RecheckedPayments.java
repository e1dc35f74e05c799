package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.UserCredits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads payments of users decided before, by a run's queries: as they are now, dated before each one's decision. For locked
 * users, call it in a later statement of the same READ COMMITTED transaction.
 */
public final class RecheckedPayments {
    private final PaymentFacts facts;

    public RecheckedPayments(JdbcClient jdbc, RolloverPolicy policy) {
        this.facts = new PaymentFacts(jdbc, 0, policy);
    }

    /** A decision. {@code credits} is the balance that was decided, more than 0. */
    public record Decided(long userId, int credits, int creditsProtected, Instant at) {}

    /**
     * The facts of a user now.
     *
     * @param asDecided payments dated before the decision
     * @param withRenewals these, and later renewals
     * @param hasRenewals whether there are any
     * @param boughtMeanwhile whether payments between cut-off and decision add up to more than the protected credits
     */
    public record Facts(
            UserCredits asDecided, UserCredits withRenewals, boolean hasRenewals, boolean boughtMeanwhile) {}

    /** Reads the payments. {@code isRenewal} chooses among those dated at or after the decision. */
    public Map<Long, Facts> of(List<Decided> users, Predicate<PaidPayment> isRenewal) {
        Map<Long, Decided> byId = new HashMap<>();
        users.forEach(user -> byId.put(user.userId(), user));
        Map<Long, UserPayments> payments = users.isEmpty()
                ? Map.of()
                : facts.payments(
                        byId.keySet().stream().sorted().toList(),
                        KeyRange.Parity.BOTH,
                        id -> new UserPayments(decidedAt(byId, id)));
        Map<Long, Facts> all = new HashMap<>();
        byId.forEach((id, user) -> all.put(id, facts(user, payments.getOrDefault(id, UserPayments.NONE), isRenewal)));
        return all;
    }

    /** A range of ids includes other users; their payments are not used. */
    private static Instant decidedAt(Map<Long, Decided> users, long id) {
        Decided user = users.get(id);
        return user == null ? Instant.EPOCH : user.at();
    }

    private static Facts facts(Decided user, UserPayments payments, Predicate<PaidPayment> isRenewal) {
        List<PaidPayment> renewals = payments.later().stream().filter(isRenewal).toList();
        return new Facts(
                payments.again(user, List.of()),
                payments.again(user, renewals),
                !renewals.isEmpty(),
                payments.boughtMoreThan(user.creditsProtected()));
    }
}
