package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks up what an address names. */
final class Lookups {
    private Lookups() {}

    /**
     * Returns the run of an execution.
     *
     * @throws NotFoundException where there is none
     */
    static RunSummary run(RolloverService rollovers, long executionId) {
        try {
            return rollovers.status(executionId);
        } catch (ExitException refused) {
            throw refused.exitCode() == ExitCode.USAGE
                    ? new NotFoundException("There is no execution " + executionId + ".")
                    : refused;
        }
    }

    /**
     * Explains a user.
     *
     * @throws NotFoundException where there is none
     * @throws BadRequestException for a date that is none of a rollover
     */
    static Explanation user(Explanations explanations, String idOrPhone, @Nullable LocalDate date) {
        try {
            return explanations.of(idOrPhone, date);
        } catch (ExitException refused) {
            if (refused.exitCode() != ExitCode.USAGE) {
                throw refused;
            }
            throw date == null
                    ? new NotFoundException(refused.sentence())
                    : new BadRequestException(refused.sentence());
        }
    }

    /** Where there is nothing that could have a state, what is wrong with the request is the request. */
    static <T> T asBadRequest(Supplier<T> act) {
        try {
            return act.get();
        } catch (ExitException refused) {
            throw refused.exitCode() == ExitCode.USAGE ? new BadRequestException(refused.sentence()) : refused;
        }
    }
}
