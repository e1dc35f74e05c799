package io.creditrollover.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a host learns late: payments that were missing, settled late, refunded, or written down wrongly. A truth is the
 * row of the payment as it should have been; its id says whether it is a new one. Everything follows from the seed.
 */
public final class RandomTruths {

    /** Where the ids of payments that were missing begin, above those of a {@link RandomHost}. */
    public static final long FIRST_NEW_ID = 1_000_000_000L;

    private static final List<String> UNKNOWN_STATUSES = List.of("captured", "PAID", "paid ", "success");
    private static final List<String> UNKNOWN_PLANS = List.of("Monthly", "gift-2019");
    private static final long MAX_USUAL_CREDITS = 1_000_000;

    private final Random random;
    private final OracleRules rules;
    private final RandomDates dates;
    private final Instant latest;
    private final List<String> eligible;
    private final List<String> ordinary;
    private long nextId = FIRST_NEW_ID;

    /** @param latest a moment before the first decision and after C; nothing new is dated later */
    public RandomTruths(long seed, OracleRules rules, Instant latest) {
        this.random = new Random(seed);
        this.rules = rules;
        this.latest = latest.truncatedTo(ChronoUnit.MICROS);
        RandomSetup setup = new RandomSetup(seed, rules, this.latest, Duration.ZERO, false, false, false);
        this.dates = new RandomDates(setup, random);
        this.eligible = setup.eligiblePlans();
        this.ordinary = setup.ordinaryPlans();
    }

    /**
     * Whether the contract leaves nothing open about truths of this user: neither P nor the balance may overflow, nor
     * may a payment with credits that no host sells become one of P.
     */
    public static boolean suits(OracleUser user, List<OraclePayment> payments) {
        return user.credits() <= MAX_USUAL_CREDITS
                && payments.stream().allMatch(payment -> {
                    Long added = payment.creditsAdded();
                    return added != null && added >= 0 && added <= MAX_USUAL_CREDITS;
                });
    }

    /** One to three truths about a user. */
    public List<OraclePayment> about(OracleUser user, List<OraclePayment> payments) {
        List<OraclePayment> truths = new ArrayList<>();
        List<OraclePayment> known = new ArrayList<>(payments);
        int count = random.nextInt(5) < 4 ? 1 : 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            one(user, known).ifPresent(truth -> {
                truths.removeIf(earlier -> earlier.id() == truth.id());
                known.removeIf(earlier -> earlier.id() == truth.id());
                truths.add(truth);
                known.add(truth);
            });
        }
        return truths;
    }

    private Optional<OraclePayment> one(OracleUser user, List<OraclePayment> payments) {
        int dice = random.nextInt(100);
        if (dice < 25) {
            return Optional.of(missing(user, any(eligible), beforeTheCutoff()));
        }
        if (dice < 37) {
            return Optional.of(missing(user, any(eligible), dates.between(rules.cutoff(), latest)));
        }
        if (dice < 47) {
            String plan = ordinary.isEmpty() ? any(UNKNOWN_PLANS) : any(ordinary);
            return Optional.of(missing(
                    user, plan, random.nextBoolean() ? beforeTheCutoff() : dates.between(rules.cutoff(), latest)));
        }
        if (dice < 50) {
            return Optional.of(missing(user, any(eligible), null));
        }
        if (dice < 68) {
            return change(payments, this::canBeSettled, any(eligible), "paid", random.nextInt(3) == 0);
        }
        if (dice < 76) {
            return change(payments, payment -> payment.dateUsable(latest), any(eligible), any(UNKNOWN_STATUSES), false);
        }
        if (dice < 86) {
            return change(payments, OraclePayment::paid, any(eligible), "refunded", false);
        }
        List<String> plans = dice < 96 || ordinary.isEmpty() ? eligible : dice < 98 ? ordinary : UNKNOWN_PLANS;
        return change(payments, OraclePayment::paid, any(plans), "paid", true);
    }

    private boolean canBeSettled(OraclePayment payment) {
        return !payment.paid() && payment.dateUsable(latest);
    }

    private OraclePayment missing(OracleUser user, String plan, @Nullable Instant at) {
        return new OraclePayment(
                nextId++, user.id(), plan, RandomSetup.amount(plan), (long) RandomSetup.usualCredits(plan), "paid", at);
    }

    /** Another status, and another plan where asked for. */
    private Optional<OraclePayment> change(
            List<OraclePayment> payments,
            Predicate<OraclePayment> suitable,
            String plan,
            String status,
            boolean otherPlan) {
        List<OraclePayment> candidates = payments.stream().filter(suitable).toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        OraclePayment was = any(candidates);
        return Optional.of(new OraclePayment(
                was.id(),
                was.userId(),
                otherPlan ? plan : was.planType(),
                was.amountPaise(),
                was.creditsAdded(),
                status,
                was.createdAt()));
    }

    /** Mostly in the window or at its edges, and at C's. */
    private Instant beforeTheCutoff() {
        Instant at = random.nextInt(3) == 0 ? dates.edge() : dates.before(rules.cutoff(), 28);
        return at.isBefore(latest) ? at : rules.cutoff().minus(1, ChronoUnit.MICROS);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
