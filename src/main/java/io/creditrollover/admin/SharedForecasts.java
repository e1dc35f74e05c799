package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.Forecast;
import io.creditrollover.run.ForecastService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Computes one forecast at a time and shares it for ten minutes. Requests share a future, so a waiting one holds
 * neither a thread nor a connection. Thread-safe.
 */
@OnlyWhenServing
@Component
class SharedForecasts implements SmartLifecycle {
    private static final Duration SHARED = Duration.ofMinutes(10);
    private static final Duration MEANT = Duration.ofSeconds(5);
    private static final int MAX_DATES = 12;

    private final ForecastService outlooks;
    private final Clock clock;
    private final Map<LocalDate, Shared> byDate = new LinkedHashMap<>();
    private final Map<Optional<LocalDate>, Meant> meant = new HashMap<>();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_DATES), SharedForecasts::thread);
    private volatile boolean running;

    SharedForecasts(ForecastService outlooks, Clock clock) {
        this.outlooks = outlooks;
        this.clock = clock;
        worker.allowCoreThreadTimeOut(true);
    }

    record Dated(Forecast outlook, Instant computedAt) {}

    private record Meant(LocalDate date, Instant askedAt) {}

    private record Shared(CompletableFuture<Dated> future, Instant askedAt) {}

    /**
     * @param asked the 1st of a month; null for the next month to run
     * @param afresh recompute a completed forecast
     * @throws ExitException 64 if {@code asked} is not the 1st of a month or is before a month already run; 75 if too
     *     many dates are queued
     */
    CompletableFuture<Dated> of(@Nullable LocalDate asked, boolean afresh) {
        return shared(date(asked), afresh);
    }

    /** Caches the month for 5 seconds: database load does not grow with viewers. */
    private LocalDate date(@Nullable LocalDate asked) {
        synchronized (meant) {
            Meant known = meant.get(Optional.ofNullable(asked));
            if (known != null && known.askedAt().plus(MEANT).isAfter(clock.instant())) {
                return known.date();
            }
            LocalDate date = outlooks.policy(asked).date();
            if (meant.size() >= MAX_DATES) {
                meant.clear();
            }
            meant.put(Optional.ofNullable(asked), new Meant(date, clock.instant()));
            return date;
        }
    }

    private synchronized CompletableFuture<Dated> shared(LocalDate date, boolean afresh) {
        byDate.values().removeIf(this::isStale);
        Shared there = byDate.get(date);
        if (there != null && !(afresh && there.future().isDone())) {
            return there.future();
        }
        if (byDate.size() >= MAX_DATES) {
            byDate.remove(byDate.keySet().iterator().next());
        }
        try {
            CompletableFuture<Dated> future =
                    CompletableFuture.supplyAsync(() -> new Dated(outlooks.of(date), clock.instant()), worker);
            byDate.put(date, new Shared(future, clock.instant()));
            return future;
        } catch (RejectedExecutionException full) {
            throw new ExitException(ExitCode.RETRY, "Too many forecasts are requested. Try again in a minute.", full);
        }
    }

    /** A failure is not shared. A forecast in progress is never stale. */
    private boolean isStale(Shared shared) {
        return shared.future().isCompletedExceptionally()
                || (shared.future().isDone() && shared.askedAt().plus(SHARED).isBefore(clock.instant()));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    ConnectionPools.workForPages();
                    work.run();
                },
                "forecast");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        worker.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
