package io.creditrollover.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads each body before sessions and logins, with limits on size, time and concurrency. Slow senders therefore never
 * hold all threads. Thread-safe.
 */
final class RequestBodies extends OncePerRequestFilter {
    static final int MAX_BYTES = 64 * 1024;
    static final Duration MAX_TIME = Duration.ofSeconds(10);
    static final int MAX_AT_A_TIME = 40;
    static final int MAX_AT_A_TIME_PER_ADDRESS = 20;

    private final Map<String, Integer> reading = new HashMap<>();
    private int total;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long length = request.getContentLengthLong();
        if (length > MAX_BYTES) {
            refuse(response, HttpStatus.CONTENT_TOO_LARGE, "A body has at most " + MAX_BYTES + " bytes.");
        } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            refuse(response, HttpStatus.LENGTH_REQUIRED, "A body requires a Content-Length.");
        } else if (length <= 0) {
            chain.doFilter(request, response);
        } else {
            byte[] body = body(request, response, (int) length);
            if (body != null) {
                chain.doFilter(new RequestWithBody(request, body), response);
            }
        }
    }

    /** Returns null if the request was already answered. */
    private byte @Nullable [] body(HttpServletRequest request, HttpServletResponse response, int length)
            throws IOException {
        String address = String.valueOf(request.getRemoteAddr());
        if (!enter(address)) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            refuse(response, HttpStatus.SERVICE_UNAVAILABLE, "Too many requests are being received. Try again soon.");
            return null;
        }
        try {
            return read(request.getInputStream(), length);
        } catch (IOException late) {
            refuse(response, HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time.");
            return null;
        } finally {
            leave(address);
        }
    }

    /** The connection's timeout ends a read without data; this one ends many small reads. */
    private static byte[] read(ServletInputStream in, int length) throws IOException {
        long started = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.min(length, 4096));
        byte[] buffer = new byte[4096];
        int count = in.read(buffer);
        while (count >= 0) {
            body.write(buffer, 0, count);
            if (System.nanoTime() - started > MAX_TIME.toNanos()) {
                throw new IOException("The body is too slow.");
            }
            count = body.size() >= length ? -1 : in.read(buffer);
        }
        if (body.size() < length) {
            throw new IOException("The body is shorter than its Content-Length.");
        }
        return body.toByteArray();
    }

    private synchronized boolean enter(String address) {
        int mine = reading.getOrDefault(address, 0);
        if (total >= MAX_AT_A_TIME || mine >= MAX_AT_A_TIME_PER_ADDRESS) {
            return false;
        }
        total++;
        reading.put(address, mine + 1);
        return true;
    }

    private synchronized void leave(String address) {
        total--;
        reading.computeIfPresent(address, (unused, mine) -> mine == 1 ? null : mine - 1);
    }

    /** Closes the connection rather than wait for the rest of the body. */
    private static void refuse(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.CONNECTION, "close");
        ProblemDetails.write(response, status, sentence);
    }
}
