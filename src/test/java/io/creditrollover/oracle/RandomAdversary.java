package io.creditrollover.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Users at the boundaries of the rules, with values that hosts should not have and do. */
final class RandomAdversary {

    private static final List<String> ODD_STATUSES = List.of(
            "PAID", "Paid", " paid", "paid ", "unpaid", "PENDING", "Pending", "captured", "success", "", "refunded ");

    private static final List<String> UNKNOWN_PLANS = List.of("Monthly", "monthly ", "topup", "POWER", "", "gift-2019");

    private static final int[] USUAL_CREDITS = {0, 1, 5, 10, 50, 150};

    private final RandomSetup setup;
    private final Random random;
    private final RandomDates dates;
    private final Instant cutoff;
    private final List<String> eligible;
    private final List<String> ordinary;
    private final List<String> unpaidStatuses;

    RandomAdversary(RandomSetup setup, Random random) {
        this.setup = setup;
        this.random = random;
        this.dates = new RandomDates(setup, random);
        this.cutoff = setup.rules().cutoff();
        this.eligible = setup.eligiblePlans();
        this.ordinary = setup.ordinaryPlans();
        this.unpaidStatuses = setup.rules().unpaidStatuses().stream().sorted().toList();
    }

    OracleUser next(long userId, long firstPaymentId, List<OraclePayment> own) {
        if (!eligible.isEmpty() && setup.now().isAfter(cutoff) && chance(8)) {
            addRenewals(userId, firstPaymentId, own);
        } else {
            addAnything(userId, firstPaymentId, own);
        }
        return new OracleUser(userId, phone(userId), credits(own), dates.ofSignUp());
    }

    /** A payment of a user that does not exist, or of none. Its date leaves no doubt. */
    OraclePayment orphan(long missingUserId, long id) {
        String plan = plan();
        Instant at = chance(3) ? dates.before(cutoff, 400) : dates.before(setup.now(), 30);
        Long owner = setup.nullableColumns() && chance(2) ? null : (Long) missingUserId;
        return new OraclePayment(
                id,
                owner,
                plan,
                RandomSetup.amount(plan),
                (long) RandomSetup.usualCredits(plan),
                chance(4) ? "failed" : "paid",
                at);
    }

    /** Often paid in the window as well: then the better of the first two rows counts, and of several renewals. */
    private void addRenewals(long userId, long firstPaymentId, List<OraclePayment> own) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i <= count; i++) {
            boolean last = i == 0;
            if (last && chance(3)) {
                continue;
            }
            Instant at = last ? dates.before(cutoff, 35) : dates.between(cutoff, setup.now());
            String plan = any(eligible);
            own.add(new OraclePayment(
                    firstPaymentId + own.size(),
                    userId,
                    plan,
                    RandomSetup.amount(plan),
                    chance(3) ? 0L : (Long) (long) RandomSetup.usualCredits(plan),
                    "paid",
                    at.isAfter(setup.now()) ? setup.now() : at));
        }
    }

    private void addAnything(long userId, long firstPaymentId, List<OraclePayment> own) {
        int count = chance(8) ? 0 : 1 + random.nextInt(chance(3) ? 8 : 3);
        if (chance(200)) {
            count = 40;
        }
        List<Instant> earlier = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String status = status();
            Instant at = dates.ofPayment(status, earlier);
            if (at != null) {
                earlier.add(at);
            }
            String plan = plan();
            boolean noPlan = setup.nullableColumns() && chance(50);
            own.add(new OraclePayment(
                    firstPaymentId + i,
                    userId,
                    noPlan ? null : plan,
                    RandomSetup.amount(plan),
                    creditsAdded(plan),
                    status,
                    at));
        }
    }

    private @Nullable Long creditsAdded(String plan) {
        if (setup.nullableColumns() && chance(40)) {
            return null;
        }
        if (chance(60)) {
            return -1L - random.nextInt(20);
        }
        if (chance(60)) {
            return (long) Integer.MAX_VALUE - random.nextInt(3);
        }
        if (chance(60)) {
            return 1L << 30;
        }
        return (long)
                (chance(3) ? USUAL_CREDITS[random.nextInt(USUAL_CREDITS.length)] : RandomSetup.usualCredits(plan));
    }

    private @Nullable String status() {
        int dice = random.nextInt(100);
        if (dice < 67) {
            return "paid";
        }
        if (dice < 79) {
            return "pending";
        }
        if (dice < 86) {
            return "failed";
        }
        if (dice < 93) {
            return "refunded";
        }
        if (dice < 96 && !unpaidStatuses.isEmpty()) {
            return any(unpaidStatuses);
        }
        return dice < 98 ? any(ODD_STATUSES) : null;
    }

    private String plan() {
        int dice = random.nextInt(100);
        if (dice < 6) {
            return any(UNKNOWN_PLANS);
        }
        return (dice < 60 && !eligible.isEmpty()) || ordinary.isEmpty() ? any(eligible) : any(ordinary);
    }

    private @Nullable String phone(long userId) {
        String phone = RandomSetup.phone(userId);
        if (!setup.nullableColumns() || !chance(30)) {
            return phone;
        }
        return chance(2) ? null : phone + " extension 1234567"; // 31 characters
    }

    private long credits(List<OraclePayment> own) {
        long bought = 0;
        for (OraclePayment payment : own) {
            Long added = payment.creditsAdded();
            if (payment.paid() && payment.atOrAfter(cutoff) && added != null) {
                bought += added;
            }
        }
        if (bought > 0 && bought <= Integer.MAX_VALUE && chance(2)) {
            return Math.max(0, Math.min(bought + random.nextInt(5) - 2, Integer.MAX_VALUE));
        }
        if (setup.bigintColumns() && chance(30)) {
            return chance(2) ? 2_147_483_648L : 3_000_000_000L + random.nextInt(1_000);
        }
        return switch (random.nextInt(20)) {
            case 0 -> 0;
            case 1, 2, 3 -> 1;
            case 4 -> 2;
            case 5 -> Integer.MAX_VALUE;
            case 6 -> Integer.MAX_VALUE - random.nextInt(1_000);
            case 7 -> 1_000_000 + random.nextInt(1_000_000);
            case 8 -> 99 + random.nextInt(4);
            default -> 1 + random.nextInt(250);
        };
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
