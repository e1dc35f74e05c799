package io.creditrollover.oracle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** Users as hosts have them by the thousand. */
final class RandomCustomer {

    private final RandomSetup setup;
    private final Random random;
    private final RandomDates dates;
    private final List<String> eligible;
    private final List<String> ordinary;
    private final Instant settledBy;

    RandomCustomer(RandomSetup setup, Random random) {
        this.setup = setup;
        this.random = random;
        this.dates = new RandomDates(setup, random);
        this.eligible = setup.eligiblePlans();
        this.ordinary = setup.ordinaryPlans();
        this.settledBy = setup.now().minus(setup.rules().pendingGrace()).minusSeconds(60);
    }

    OracleUser next(long userId, long firstPaymentId, List<OraclePayment> own) {
        Instant cutoff = setup.rules().cutoff();
        Instant known = settledBy.isBefore(cutoff) ? settledBy : cutoff;
        boolean newcomer = settledBy.isAfter(cutoff) && chance(50);
        Instant signedUp = newcomer ? dates.between(cutoff, settledBy) : dates.before(known, 700);
        int credits = chance(7) ? 0 : 1 + random.nextInt(60);
        int count = chance(8) ? 0 : 1 + random.nextInt(5);
        String habit = eligible.isEmpty() || (chance(5) && !ordinary.isEmpty()) ? any(ordinary) : any(eligible);
        Instant at = lastPaidAt(newcomer ? settledBy : known);
        for (int i = 0; i < count && at.isAfter(signedUp); i++) {
            String plan = chance(6) && !ordinary.isEmpty() ? any(ordinary) : habit;
            int dice = random.nextInt(20);
            String status = dice < 16 ? "paid" : dice < 18 ? "failed" : dice < 19 ? "pending" : "refunded";
            long added = RandomSetup.usualCredits(plan);
            own.add(new OraclePayment(firstPaymentId + i, userId, plan, RandomSetup.amount(plan), added, status, at));
            if (status.equals("paid")) {
                credits += random.nextInt((int) added + 1) / (i + 1);
            }
            at = dates.before(at.minus(20, ChronoUnit.DAYS), 20);
        }
        return new OracleUser(userId, RandomSetup.phone(userId), credits, signedUp);
    }

    private Instant lastPaidAt(Instant latest) {
        Instant cutoff = setup.rules().cutoff();
        if (settledBy.isAfter(cutoff) && chance(12)) {
            return dates.between(cutoff, settledBy); // the latest one already belongs to the new month
        }
        if (chance(5)) {
            return latest.minus(35L + random.nextInt(90), ChronoUnit.DAYS); // has stopped paying
        }
        return dates.before(latest, 30);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
