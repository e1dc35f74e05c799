package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.Rollovers;
import io.creditrollover.run.RunSummary;

/** Looks up what an address names. */
final class Known {
    private Known() {}

    /**
     * Returns the run of an execution.
     *
     * @throws UnknownException where there is none
     */
    static RunSummary run(Rollovers rollovers, long executionId) {
        try {
            return rollovers.status(executionId);
        } catch (ExitException refused) {
            throw refused.exitCode() == ExitCode.USAGE
                    ? new UnknownException("There is no execution " + executionId + ".")
                    : refused;
        }
    }
}
