package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.RunOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class BackgroundRun implements Progress {
    private static final Logger log = LoggerFactory.getLogger(BackgroundRun.class);

    private final StopSignal signal = new StopSignal();
    private final CompletableFuture<StartResult> begun = new CompletableFuture<>();
    private final boolean dryRun;
    private final BackgroundRuns.Work work;
    private final Consumer<RunOutcome> ended;
    private final Thread thread;
    private volatile long executionId = -1;

    BackgroundRun(boolean dryRun, BackgroundRuns.Work work, Consumer<RunOutcome> ended, Consumer<BackgroundRun> gone) {
        this.dryRun = dryRun;
        this.work = work;
        this.ended = ended;
        this.thread = new Thread(
                () -> {
                    try {
                        ConnectionPools.workForRuns();
                        work();
                    } finally {
                        gone.accept(this);
                    }
                },
                "run");
    }

    void start() {
        thread.start();
    }

    CompletableFuture<StartResult> begun() {
        return begun;
    }

    boolean isDryRun() {
        return dryRun;
    }

    boolean isExecution(long id) {
        return executionId == id;
    }

    void stop() {
        signal.request();
    }

    void await(Duration atMost) {
        try {
            thread.join(Math.max(1, atMost.toMillis()));
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void at(long done, long total) {}

    @Override
    public void begun(long id) {
        executionId = id;
        begun.complete(new StartResult(id, true, null));
    }

    private void work() {
        try {
            RunOutcome outcome = work.with(signal, this);
            if (executionId >= 0) {
                ended.accept(outcome);
            } else {
                notBegun(outcome);
            }
        } catch (InterruptedException interrupted) {
            begun.completeExceptionally(new ExitException(ExitCode.RETRY, "The start was interrupted."));
        } catch (RuntimeException | Error failure) {
            if (!begun.completeExceptionally(failure)) {
                log.error("Execution {} ended with an unexpected error. Resume it with restart.", executionId, failure);
            }
        }
    }

    private void notBegun(RunOutcome outcome) {
        Long there = outcome.run().executionId();
        String sentence = Objects.requireNonNullElse(outcome.sentence(), "There was nothing to do.");
        if (outcome.exitCode() == ExitCode.OK && there != null) {
            begun.complete(new StartResult(there, false, sentence));
        } else {
            ExitCode code = outcome.exitCode() == ExitCode.OK ? ExitCode.REFUSED : outcome.exitCode();
            begun.completeExceptionally(new ExitException(code, sentence));
        }
    }
}
