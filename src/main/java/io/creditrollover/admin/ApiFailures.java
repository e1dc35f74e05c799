package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Maps exceptions to problem details. Logs only database failures and unexpected errors. */
@OnlyWhenServing
@RestControllerAdvice(annotations = RestController.class)
class ApiFailures {
    private static final Logger log = LoggerFactory.getLogger(ApiFailures.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ExitException refused) {
        return answer(ProblemDetails.of(refused));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException wrong) {
        if (wrong.getMostSpecificCause() instanceof MismatchedInputException mismatched
                && LocalDate.class.equals(mismatched.getTargetType())) {
            return answer(ProblemDetails.of(HttpStatus.BAD_REQUEST, "A date must be a text such as \"2026-11-01\"."));
        }
        String cause = String.valueOf(wrong.getMostSpecificCause().getMessage())
                .lines()
                .findFirst()
                .orElse("");
        return answer(ProblemDetails.of(HttpStatus.BAD_REQUEST, "The request body is invalid: " + cause));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrongType(MethodArgumentTypeMismatchException wrong) {
        return answer(ProblemDetails.of(HttpStatus.BAD_REQUEST, "The value of " + wrong.getName() + " is invalid."));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ProblemDetail> database(RuntimeException failure) {
        log.error("The database did not answer a request of the admin API.", Masked.trace(failure));
        return answer(ProblemDetails.of(
                HttpStatus.SERVICE_UNAVAILABLE, "The database did not answer. The result is unknown."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> other(Exception failure) {
        if (failure instanceof ErrorResponse said) {
            HttpStatus status = HttpStatus.valueOf(said.getStatusCode().value());
            String detail = said.getBody().getDetail();
            ProblemDetail problem = ProblemDetails.of(status, detail == null ? status.getReasonPhrase() : detail);
            return ResponseEntity.status(status)
                    .headers(said.getHeaders())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(problem);
        }
        log.error("Unexpected error in the admin API.", Masked.trace(failure));
        return answer(ProblemDetails.of(HttpStatus.INTERNAL_SERVER_ERROR, "Unexpected error. See the server log."));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            answer.header(HttpHeaders.RETRY_AFTER, "10");
        }
        return answer.body(problem);
    }
}
