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
 * Answers that say what is wrong, by RFC 9457. By the exit code that the command line would end with: 64 is 400 for a
 * wrong request, 404 for an unknown id and 409 where the status does not allow it; 65 is 409; 75 is 409 while another run
 * is at work and 503 otherwise; 78 is 500.
 */
final class ProblemDetails {
    private ProblemDetails() {}

    static HttpStatus status(ExitException refused) {
        if (refused instanceof BadRequestException) {
            return HttpStatus.BAD_REQUEST;
        }
        if (refused instanceof NotFoundException) {
            return HttpStatus.NOT_FOUND;
        }
        if (refused instanceof KeyReusedException) {
            return HttpStatus.UNPROCESSABLE_CONTENT;
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

    /** Writes a problem where no controller is reached. */
    static void write(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        ProblemBody body = new ProblemBody("about:blank", status.getReasonPhrase(), status.value(), sentence);
        response.getWriter().write(JsonMapper.shared().writeValueAsString(body));
    }

    private record ProblemBody(String type, String title, int status, String detail) {}
}
