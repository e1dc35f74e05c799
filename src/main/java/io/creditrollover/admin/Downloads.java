package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Limits concurrent downloads: a slow reader holds its connection throughout. */
@OnlyWhenServing
@Component
class Downloads {
    private static final int MAX_AT_A_TIME = 3;

    private final Semaphore free = new Semaphore(MAX_AT_A_TIME);

    /**
     * Takes a slot; the returned body releases it.
     *
     * @throws ExitException 75 if no slot is free
     */
    StreamingResponseBody bounded(StreamingResponseBody body) {
        if (!free.tryAcquire()) {
            throw new ExitException(
                    ExitCode.RETRY, MAX_AT_A_TIME + " downloads are running on this server. Try again in a minute.");
        }
        return out -> {
            try {
                body.writeTo(out);
            } finally {
                free.release();
            }
        };
    }
}
