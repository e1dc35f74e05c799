package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import org.springframework.http.HttpStatus;

/** A request that is wrong in any state, with its HTTP status. */
final class ApiException extends ExitException {
    private final HttpStatus status;

    private ApiException(HttpStatus status, String sentence) {
        super(ExitCode.USAGE, sentence);
        this.status = status;
    }

    static ApiException badRequest(String sentence) {
        return new ApiException(HttpStatus.BAD_REQUEST, sentence);
    }

    static ApiException notFound(String sentence) {
        return new ApiException(HttpStatus.NOT_FOUND, sentence);
    }

    static ApiException keyReused() {
        return new ApiException(
                HttpStatus.UNPROCESSABLE_CONTENT, "This Idempotency-Key was used for another request. Use a new one.");
    }

    HttpStatus status() {
        return status;
    }
}
