package io.creditrollover.rollover;

import io.creditrollover.decision.Action;
import io.creditrollover.decision.RolloverDecision;
import java.util.List;

/**
 * Users and credits of some decisions.
 *
 * @param usersRolledOver whole or capped
 * @param usersExpired users with an expiry
 * @param usersSkipped users skipped
 * @param creditsBefore balances before
 * @param creditsRolledOver balances after
 * @param creditsExpired including credits above a cap
 */
public record Totals(
        long usersRolledOver,
        long usersExpired,
        long usersSkipped,
        long creditsBefore,
        long creditsRolledOver,
        long creditsExpired) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

    public Totals {
        if (creditsBefore != creditsRolledOver + creditsExpired) {
            throw new IllegalArgumentException("credits before " + creditsBefore + " are not the sum of rolled over, "
                    + creditsRolledOver + ", and expired, " + creditsExpired);
        }
    }

    static Totals of(List<RolloverDecision> decisions, int skipped) {
        long before = 0;
        long after = 0;
        long rolledOver = 0;
        for (RolloverDecision decision : decisions) {
            before += decision.creditsBefore();
            after += decision.creditsAfter();
            rolledOver += decision.action() == Action.ROLLOVER ? 1 : 0;
        }
        return new Totals(rolledOver, decisions.size() - rolledOver, skipped, before, after, before - after);
    }

    /** Includes skipped users. */
    public long usersProcessed() {
        return usersRolledOver + usersExpired + usersSkipped;
    }
}
