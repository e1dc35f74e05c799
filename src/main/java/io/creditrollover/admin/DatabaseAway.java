package io.creditrollover.admin;

import io.creditrollover.exit.Causes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says that the database is away, on a page that needs none. After a failure it answers at once for a moment: viewers
 * who reload do not wait for a connection each. Stands before sessions, which are in the database.
 */
final class DatabaseAway extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(DatabaseAway.class);
    private static final long AT_ONCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long NEVER = Long.MIN_VALUE;
    private static final Resource PAGE = new ClassPathResource("/admin/pages/database-away.html", DatabaseAway.class);

    private static final Pattern PATH_OF_THIS_SERVER = Pattern.compile("https?://([^/]+)(/(?!/)[A-Za-z0-9/_-]*).*");

    private final AtomicLong failedAt = new AtomicLong(NEVER);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isWithoutDatabase(request)) {
            chain.doFilter(request, response);
            return;
        }
        long failed = failedAt.get();
        if (failed != NEVER && System.nanoTime() - failed < AT_ONCE_NANOS) {
            answer(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
            failedAt.set(NEVER);
        } catch (ServletException | RuntimeException failure) {
            if (!isAway(failure) || response.isCommitted()) {
                throw failure;
            }
            if (failedAt.getAndSet(System.nanoTime()) == NEVER) {
                log.error("The database does not answer the console: {}", Causes.firstLine(Causes.root(failure)));
            }
            answer(request, response);
        }
    }

    private static boolean isWithoutDatabase(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/assets/")
                || request.getRequestURI().startsWith("/actuator/");
    }

    /** No connection, or one that broke. A full pool or a wrong statement is something else. */
    private static boolean isAway(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause ->
                        cause instanceof ConnectException || (cause instanceof SQLException sql && isConnection(sql)));
    }

    /** The pool gives no SQLSTATE to who uses a connection that has broken before. */
    private static boolean isConnection(SQLException failure) {
        String state = failure.getSQLState();
        return state == null
                ? !(failure instanceof SQLTransientConnectionException)
                : state.startsWith("08") || state.startsWith("57P");
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getRequestURI().startsWith("/admin/")) {
            ProblemDetails.write(
                    response, HttpStatus.SERVICE_UNAVAILABLE, "The database did not answer. The result is unknown.");
            return;
        }
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " frame-ancestors 'none'");
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        String page = PAGE.getContentAsString(StandardCharsets.UTF_8);
        String again = again(request);
        response.getWriter()
                .write(page.replace("{again}", again).replace("{refresh}", again.isEmpty() ? "" : ";url=" + again));
    }

    /** Empty for the same address. That of a form answers no GET: its page is tried again, with what was typed. */
    private static String again(HttpServletRequest request) {
        if (request.getMethod().equals("GET")) {
            return "";
        }
        Matcher from = PATH_OF_THIS_SERVER.matcher(String.valueOf(request.getHeader(HttpHeaders.REFERER)));
        return from.matches() && from.group(1).equals(request.getHeader(HttpHeaders.HOST)) ? from.group(2) : "/";
    }
}
