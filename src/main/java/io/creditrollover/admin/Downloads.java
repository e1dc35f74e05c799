package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Bounds how many downloads hold a connection at a time: a slow reader keeps one for as long as it reads. */
@OnlyWhenServing
@Component
class Downloads {
    private static final int MAX_AT_A_TIME = 3;

    private final Semaphore free = new Semaphore(MAX_AT_A_TIME);

    /**
     * Returns {@code body}, which gives its place free when it ends.
     *
     * @throws ExitException 75 where all places are taken
     */
    StreamingResponseBody bounded(StreamingResponseBody body) {
        if (!free.tryAcquire()) {
            throw new ExitException(
                    ExitCode.RETRY, MAX_AT_A_TIME + " downloads are under way here; try again in a minute.");
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
