package io.creditrollover.rollover;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.creditrollover.decision.Action;
import io.creditrollover.decision.RolloverDecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Users and credits of some decisions.
 *
 * @param usersRolledOver whole or capped
 * @param usersExpired users with an expiry
 * @param creditsExpired including credits above a cap
 */
@JsonPropertyOrder("usersProcessed")
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

    /** Reads the columns of the same names. */
    public static Totals of(ResultSet row) throws SQLException {
        return new Totals(
                row.getLong("users_rolled_over"),
                row.getLong("users_expired"),
                row.getLong("users_skipped"),
                row.getLong("credits_before"),
                row.getLong("credits_rolled_over"),
                row.getLong("credits_expired"));
    }

    /** Includes skipped users. */
    @JsonProperty("usersProcessed")
    public long usersProcessed() {
        return usersRolledOver + usersExpired + usersSkipped;
    }
}
