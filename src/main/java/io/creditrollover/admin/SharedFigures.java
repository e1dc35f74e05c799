package io.creditrollover.admin;

import io.creditrollover.exit.Masked;
import io.creditrollover.report.Counted;
import io.creditrollover.report.Figures;
import io.creditrollover.report.RunFigures;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Figures of runs for all viewers of this console. What is not stored is counted once and kept; the viewer of an old count
 * gets it at once, and one thread counts again. Only the first viewer of a run waits. Thread-safe.
 */
@OnlyWhenServing
@Component
class SharedFigures implements DisposableBean {
    static final Duration FRESH = Duration.ofMinutes(10);
    /** Of a run that is running. */
    static final Duration FRESH_WHILE_RUNNING = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(SharedFigures.class);
    private static final int MAX_KEPT = 50;

    private final Figures figures;
    private final LongSupplier nanoTime;
    private final Map<Key, Kept> kept = new LinkedHashMap<>();
    private final Set<Key> recounted = new HashSet<>();
    private final Executor worker;

    @Autowired
    SharedFigures(Figures figures) {
        this(figures, System::nanoTime, worker());
    }

    SharedFigures(Figures figures, LongSupplier nanoTime, Executor worker) {
        this.figures = figures;
        this.nanoTime = nanoTime;
        this.worker = worker;
    }

    private static Executor worker() {
        ThreadPoolExecutor worker =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), SharedFigures::thread);
        worker.allowCoreThreadTimeOut(true);
        return worker;
    }

    /** A run that starts again or ends is counted anew. */
    private record Key(
            long runId,
            RunStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        static Key of(RunSummary run) {
            return new Key(Objects.requireNonNull(run.runId()), run.status(), run.startedAt(), run.finishedAt());
        }
    }

    private record Kept(CompletableFuture<Counted> counted, long atNanos) {}

    /** Returns a run's figures. Waits only if nobody has read this run before. */
    RunFigures of(RunSummary run) {
        Key key = Key.of(run);
        Kept own = new Kept(new CompletableFuture<>(), nanoTime.getAsLong());
        Kept known = keepUnlessKnown(key, own);
        if (known.counted() == own.counted()) {
            count(key, own);
        }
        Counted counted = join(known);
        if (counted.at() != null && isOld(key, known)) {
            countAgain(key);
        }
        return figures.of(key.runId(), counted);
    }

    /** Counts in the background what the next page is likely to show. */
    void prepare(RunSummary run) {
        Key key = Key.of(run);
        Kept known = find(key);
        if (run.status() == RunStatus.COMPLETED && (known == null || isOld(key, known))) {
            countAgain(key);
        }
    }

    private boolean isOld(Key key, Kept known) {
        Duration fresh = key.status() == RunStatus.RUNNING ? FRESH_WHILE_RUNNING : FRESH;
        return nanoTime.getAsLong() - known.atNanos() > fresh.toNanos();
    }

    /** The first viewer counts; a failure is theirs and is not kept. */
    private void count(Key key, Kept own) {
        try {
            own.counted().complete(figures.count(key.runId()));
        } catch (RuntimeException failed) {
            forget(key, own);
            own.counted().completeExceptionally(failed);
        }
    }

    private static Counted join(Kept known) {
        try {
            return known.counted().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void countAgain(Key key) {
        if (begins(key)) {
            worker.execute(() -> {
                try {
                    keep(key, figures.count(key.runId()));
                } catch (RuntimeException failed) {
                    log.warn("The figures of run {} could not be counted: {}", key.runId(), Masked.firstLine(failed));
                } finally {
                    ends(key);
                }
            });
        }
    }

    private synchronized Kept keepUnlessKnown(Key key, Kept own) {
        Kept known = kept.get(key);
        if (known != null) {
            return known;
        }
        if (kept.size() >= MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(key, own);
        return own;
    }

    private synchronized @Nullable Kept find(Key key) {
        return kept.get(key);
    }

    private synchronized void keep(Key key, Counted counted) {
        kept.remove(key);
        keepUnlessKnown(key, new Kept(CompletableFuture.completedFuture(counted), nanoTime.getAsLong()));
    }

    private synchronized void forget(Key key, Kept own) {
        kept.remove(key, own);
    }

    private synchronized boolean begins(Key key) {
        return recounted.add(key);
    }

    private synchronized void ends(Key key) {
        recounted.remove(key);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    ConnectionPools.workForPages();
                    work.run();
                },
                "figures");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void destroy() {
        if (worker instanceof ExecutorService threads) {
            threads.shutdownNow();
        }
    }
}
