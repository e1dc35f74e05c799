package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On SIGTERM, waits for the current chunk's commit and the result, then ends with the command's exit code. Java alone
 * would exit with 143 inside a chunk.
 */
final class GracefulStop {
    private static final long PATIENCE_SECONDS = 25;

    private final StopSignal signal = new StopSignal();
    private final Runnable lastWords;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int code = ExitCode.RETRY.code();

    private GracefulStop(Runnable lastWords) {
        this.lastWords = lastWords;
    }

    /** {@code lastWords} prints the result if the command does not end in time. */
    static GracefulStop install(Runnable lastWords) {
        GracefulStop stop = new GracefulStop(lastWords);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::onShutdown, "graceful-stop"));
        return stop;
    }

    StopSignal signal() {
        return signal;
    }

    void finished(int exitCode) {
        code = exitCode;
        finished.countDown();
    }

    private void onShutdown() {
        signal.request();
        try {
            boolean inTime = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                lastWords.run();
            }
            Runtime.getRuntime().halt(inTime ? code : ExitCode.RETRY.code());
        } catch (InterruptedException impatient) {
            Runtime.getRuntime().halt(ExitCode.RETRY.code());
        }
    }
}
