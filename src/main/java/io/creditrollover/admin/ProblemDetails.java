package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.LeaseHeldException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * Problem details (RFC 9457). Exit codes as HTTP statuses:
 * <ul>
 * <li>64: 400 wrong request, 404 unknown id, 422 reused Idempotency-Key, 409 wrong state
 * <li>65: 409
 * <li>75: 409 while another run is at work, else 503
 * <li>78: 500
 * </ul>
 */
final class ProblemDetails {
    private ProblemDetails() {}

    static HttpStatus status(ExitException refused) {
        if (refused instanceof ApiException wrong) {
            return wrong.status();
        }
        return switch (refused.exitCode()) {
            case USAGE, REFUSED -> HttpStatus.CONFLICT;
            case RETRY -> refused instanceof LeaseHeldException ? HttpStatus.CONFLICT : HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    static ProblemDetail of(ExitException refused) {
        ProblemDetail problem = of(status(refused), refused.sentence());
        problem.setProperty("exitCode", refused.exitCode().code());
        return problem;
    }

    static ProblemDetail of(HttpStatus status, String sentence) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setType(URI.create("about:blank"));
        problem.setTitle(status.getReasonPhrase());
        return problem;
    }

    /** For use outside controllers. */
    static void write(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        ProblemBody body = new ProblemBody("about:blank", status.getReasonPhrase(), status.value(), sentence);
        response.getWriter().write(JsonMapper.shared().writeValueAsString(body));
    }

    private record ProblemBody(String type, String title, int status, String detail) {}
}
