package io.creditrollover.remote;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.rollover.PartitionHandlerFactory;
import io.creditrollover.run.Progress;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A manager and workers in this JVM, each an application of its own. */
final class RemoteCluster implements AutoCloseable {
    static final String[] SETTINGS = {
        "rollover.chunk-size=50",
        "rollover.partitions=6",
        "rollover.threads=1",
        "rollover.lease.duration=PT60S",
        "rollover.remote.wait-for-workers=PT2M",
        "rollover.remote.wait-for-run=PT2M"
    };

    private final TestDatabase database;
    private final String[] settings;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<TestApplication> applications = new ArrayList<>();
    private final List<StopSignal> signals = new ArrayList<>();

    RemoteCluster(TestDatabase database, String... settings) {
        this.database = database;
        this.settings =
                Stream.concat(Arrays.stream(SETTINGS), Arrays.stream(settings)).toArray(String[]::new);
    }

    /** A member at work. */
    record Member<T>(Future<T> work, StopSignal signal) {
        T end() throws InterruptedException {
            try {
                return work.get(4, TimeUnit.MINUTES);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(failed.getCause());
            } catch (TimeoutException hangs) {
                throw new AssertionError("still running after four minutes", hangs);
            }
        }
    }

    Member<RunOutcome> manager() {
        return manager(null);
    }

    /** A manager that restarts the run of an execution. */
    Member<RunOutcome> manager(@Nullable Long executionId) {
        TestApplication application = application();
        StopSignal signal = signal();
        PartitionHandlerFactory remote = application.bean(RemoteRanges.class);
        RunRequest request = new RunRequest(null, false, "a test", null, "a test", signal, Progress.SILENT, remote);
        RolloverService rollovers = application.bean(RolloverService.class);
        return new Member<>(
                threads.submit(
                        () -> executionId == null ? rollovers.run(request) : rollovers.restart(executionId, request)),
                signal);
    }

    Member<WorkerReport> worker(String name) {
        Worker worker = application().bean(Worker.class);
        StopSignal signal = signal();
        return new Member<>(threads.submit(() -> worker.work(name, signal)), signal);
    }

    TestApplication application() {
        TestApplication application = TestApplication.on(database, settings);
        applications.add(application);
        return application;
    }

    private StopSignal signal() {
        StopSignal signal = new StopSignal();
        signals.add(signal);
        return signal;
    }

    @Override
    public void close() throws InterruptedException {
        signals.forEach(StopSignal::request);
        threads.shutdown();
        boolean ended = threads.awaitTermination(4, TimeUnit.MINUTES);
        applications.forEach(TestApplication::close);
        if (!ended) {
            throw new AssertionError("a worker is still running");
        }
    }
}
