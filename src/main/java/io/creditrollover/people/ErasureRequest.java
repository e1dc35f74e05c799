package io.creditrollover.people;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.ReasonText;

/**
 * A request to {@link ErasureService}.
 *
 * @param user id or whole phone number; see {@link io.creditrollover.run.Users#find}
 * @param reason for the audit; phone numbers in it are masked
 */
public record ErasureRequest(String user, String reason, String requestedBy) {
    /** Rejects (64) an invalid reason or a blank user. */
    public ErasureRequest {
        reason = ReasonText.checked("The REASON", reason);
        if (user.isBlank()) {
            throw new ExitException(ExitCode.USAGE, "USER is empty; name an id or a phone number. Nothing was done.");
        }
    }
}
