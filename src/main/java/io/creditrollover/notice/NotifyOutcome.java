package io.creditrollover.notice;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.creditrollover.exit.ExitCode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code notify}.
 *
 * @param rolloverDate whose expiries are announced; null if disabled
 * @param lead the due one, such as P7D; null for none
 * @param planned new notices; of a dry run, those that would be planned
 * @param sent accepted by a server
 * @param notNeeded not sent, because the facts have changed
 * @param refused refused for good
 * @param skipped without a usable address, or opted out
 * @param waiting still planned without a failure: quiet hours or a pending payment
 * @param failed still planned after a few tries
 * @param refusedAddresses masked; the first ones
 * @param needsPerson whether a receiver is switched off: a later call alone does not help
 * @param message one sentence
 */
public record NotifyOutcome(
        @Nullable LocalDate rolloverDate,
        @Nullable String lead,
        boolean dryRun,
        long planned,
        long sent,
        long notNeeded,
        long refused,
        long skipped,
        long waiting,
        long failed,
        List<RefusedAddress> refusedAddresses,
        @JsonIgnore boolean needsPerson,
        String message) {
    /**
     * An address that the receiver refuses.
     *
     * @param address masked
     */
    public record RefusedAddress(long userId, String address, String reason) {}

    static NotifyOutcome nothing(boolean dryRun, String message) {
        return new NotifyOutcome(null, null, dryRun, 0, 0, 0, 0, 0, 0, 0, List.of(), false, message);
    }

    /** Returns whether nothing was due. */
    @JsonIgnore
    public boolean isNothing() {
        return planned + sent + notNeeded + refused + skipped + waiting + failed == 0;
    }

    /** 75 if a later call may send the rest, 65 if a person must act before. */
    @JsonIgnore
    public ExitCode exitCode() {
        if (failed == 0) {
            return ExitCode.OK;
        }
        return needsPerson ? ExitCode.REFUSED : ExitCode.RETRY;
    }
}
