package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM: asks the work to stop, waits until the chunk at hand is committed and the answer printed, then ends with the
 * command's own exit code. Java by itself would end with 143 in the middle of a chunk.
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

    /** {@code lastWords} are said for a command that does not end in time, and has said nothing therefore. */
    static GracefulStop install(Runnable lastWords) {
        GracefulStop stop = new GracefulStop(lastWords);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::onShutdown, "graceful-stop"));
        return stop;
    }

    StopSignal signal() {
        return signal;
    }

    /** The command has ended and said so. */
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
