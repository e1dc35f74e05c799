package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.run.ForecastService;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One forecast for all viewers of all consoles. While it is fresh, each console reads its row about once a second, however
 * many look, and neither users nor payments. Thread-safe.
 */
@OnlyWhenServing
@Component
class SharedForecasts {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final Duration DATE_REMEMBERED = Duration.ofSeconds(5);
    private static final int MAX_DATES = 12;

    private final ForecastService forecasts;
    private final ForecastTable table;
    private final ForecastWorker worker;
    private final Recent<Optional<LocalDate>, LocalDate> dates = new Recent<>(DATE_REMEMBERED);
    private final Recent<LocalDate, ForecastState> states = new Recent<>(REMEMBERED);

    SharedForecasts(ForecastService forecasts, ForecastTable table, ForecastWorker worker) {
        this.forecasts = forecasts;
        this.table = table;
        this.worker = worker;
    }

    /**
     * Returns the state, never waiting for a computation. Begins one if nothing is there, or if asked to; a failure is
     * not repeated until somebody asks.
     *
     * @param asked the 1st of a month; null for the next month to run
     * @param afresh compute again, for everybody
     * @throws ExitException 64 if {@code asked} is not the 1st of a month or is before a month already run; 75 if too
     *     many dates are queued
     */
    ForecastState of(@Nullable LocalDate asked, boolean afresh) {
        LocalDate date = dates.of(Optional.ofNullable(asked), () -> forecasts.date(asked));
        ForecastState state = states.of(date, () -> table.read(date));
        boolean idle = state.fresh() == null && state.workingSince() == null && state.failure() == null;
        return idle || afresh ? begin(date) : state;
    }

    private synchronized ForecastState begin(LocalDate date) {
        Optional<ForecastTable.Claim> claim = table.claim(date);
        claim.ifPresent(own -> worker.compute(own, () -> states.forget(date)));
        states.forget(date);
        return states.of(date, () -> table.read(date));
    }

    /** Remembers an answer for a moment. */
    private static final class Recent<K, V> {
        private final Map<K, Answer<V>> answers = new LinkedHashMap<>();
        private final long nanos;

        private record Answer<V>(V value, long atNanos) {}

        Recent(Duration duration) {
            this.nanos = duration.toNanos();
        }

        /** Reads without a lock: nobody waits behind a slow database. */
        V of(K key, Supplier<V> read) {
            Answer<V> known = known(key);
            if (known != null) {
                return known.value();
            }
            long atNanos = System.nanoTime();
            V value = read.get();
            remember(key, new Answer<>(value, atNanos));
            return value;
        }

        private synchronized @Nullable Answer<V> known(K key) {
            Answer<V> known = answers.get(key);
            return known != null && System.nanoTime() - known.atNanos() < nanos ? known : null;
        }

        private synchronized void remember(K key, Answer<V> answer) {
            if (answers.size() >= MAX_DATES) {
                answers.clear();
            }
            answers.put(key, answer);
        }

        synchronized void forget(K key) {
            answers.remove(key);
        }
    }
}
