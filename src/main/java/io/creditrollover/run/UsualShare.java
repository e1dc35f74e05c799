package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A run's expired share beside the mean of earlier runs. One rule for safety limits and alerts.
 *
 * @param what users or credits
 * @param factor how far the share may be from the usual one
 */
public record UsualShare(String what, Ratio expired, Ratio usual, Ratio factor) {
    /** Earlier runs compared with. */
    static final int MAX_RUNS = 6;

    /** Compares users and credits with earlier runs: not empty, the latest last. */
    public static List<UsualShare> of(Totals run, List<Totals> earlier, BigDecimal maxFactor) {
        return Stream.of(
                        of("users", UsualShare::expiredUsers, run, earlier, maxFactor),
                        of("credits", UsualShare::expiredCredits, run, earlier, maxFactor))
                .toList();
    }

    private static UsualShare of(
            String what, Function<Totals, Ratio> share, Totals run, List<Totals> earlier, BigDecimal maxFactor) {
        List<Totals> last = earlier.subList(Math.max(0, earlier.size() - MAX_RUNS), earlier.size());
        Ratio usual = Ratio.mean(last.stream().map(share).toList());
        return new UsualShare(what, share.apply(run), usual, Ratio.of(maxFactor));
    }

    /** Returns expired users divided by decided users. */
    public static Ratio expiredUsers(Totals totals) {
        return Ratio.of(totals.usersExpired(), totals.usersExpired() + totals.usersRolledOver());
    }

    /** Returns expired credits divided by the credits of decided users. */
    static Ratio expiredCredits(Totals totals) {
        return Ratio.of(totals.creditsExpired(), totals.creditsBefore());
    }

    public boolean isUnusual() {
        return isTooHigh() || isTooLow();
    }

    boolean isTooHigh() {
        return expired.isGreaterThan(usual.times(factor));
    }

    /** The factor applies to what rolled over. */
    boolean isTooLow() {
        return usual.rest().dividedBy(factor).isGreaterThan(expired.rest());
    }
}
