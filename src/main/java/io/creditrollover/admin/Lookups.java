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

final class Lookups {
    private Lookups() {}

    /** @throws ApiException 404 if there is no such execution */
    static RunSummary run(RolloverService rollovers, long executionId) {
        try {
            return rollovers.status(executionId);
        } catch (ExitException refused) {
            throw refused.exitCode() == ExitCode.USAGE
                    ? ApiException.notFound("There is no execution " + executionId + ".")
                    : refused;
        }
    }

    /**
     * @throws ApiException 404 if there is no such user
     * @throws ApiException 400 if the date is not a rollover date
     */
    static Explanation user(Explanations explanations, String idOrPhone, @Nullable LocalDate date) {
        try {
            return explanations.of(idOrPhone, date);
        } catch (ExitException refused) {
            if (refused.exitCode() != ExitCode.USAGE) {
                throw refused;
            }
            throw date == null
                    ? ApiException.notFound(refused.sentence())
                    : ApiException.badRequest(refused.sentence());
        }
    }

    /** Maps exit code 64 to 400, not 409: no execution's state is involved. */
    static <T> T asBadRequest(Supplier<T> act) {
        try {
            return act.get();
        } catch (ExitException refused) {
            throw refused.exitCode() == ExitCode.USAGE ? ApiException.badRequest(refused.sentence()) : refused;
        }
    }
}
