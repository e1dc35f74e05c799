package io.creditrollover.oracle;

/**
 * The totals of section 6. Users out of scope are in none of them. A postponed user counts as skipped, since nothing may
 * expire yet; for the totals after the sweep, see {@link OracleHost#judgeAllAfterWaiting}.
 */
public record OracleFigures(
        long usersProcessed,
        long usersRolledOver,
        long usersExpired,
        long usersSkipped,
        long creditsBefore,
        long creditsRolledOver,
        long creditsExpired) {

    public static OracleFigures of(Iterable<OracleVerdict> verdicts) {
        long rolledOver = 0;
        long expired = 0;
        long skipped = 0;
        long before = 0;
        long kept = 0;
        long lost = 0;
        for (OracleVerdict verdict : verdicts) {
            switch (verdict.kind()) {
                case OUT_OF_SCOPE -> {}
                case SKIPPED, POSTPONED -> skipped++;
                case ROLLOVER -> {
                    rolledOver++;
                    before += verdict.creditsBefore();
                    kept += verdict.creditsAfter();
                    lost += verdict.creditsBefore() - verdict.creditsAfter();
                }
                case EXPIRY -> {
                    expired++;
                    before += verdict.creditsBefore();
                    kept += verdict.creditsAfter();
                    lost += verdict.creditsBefore() - verdict.creditsAfter();
                }
            }
        }
        return new OracleFigures(rolledOver + expired + skipped, rolledOver, expired, skipped, before, kept, lost);
    }
}
