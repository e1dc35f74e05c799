package io.creditrollover.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.creditrollover.run.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers of the API with the shared forecast, whichever console computes it. A request that waits holds neither a
 * thread nor a connection; one thread looks for all of them. Thread-safe.
 */
@OnlyWhenServing
@Component
class ForecastAnswers extends PeriodicWork {
    private static final Duration INTERVAL = Duration.ofMillis(300);

    private final SharedForecasts forecasts;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    ForecastAnswers(SharedForecasts forecasts) {
        super(ConnectionPools.threadsForPages("forecast-answers"), INTERVAL, INTERVAL);
        this.forecasts = forecasts;
    }

    record Answer(@JsonUnwrapped Forecast forecast, Instant asOf) {}

    /** By identity. */
    private static final class Waiting {
        private final @Nullable LocalDate date;
        private final CompletableFuture<Answer> answer;

        Waiting(@Nullable LocalDate date, CompletableFuture<Answer> answer) {
            this.date = date;
            this.answer = answer;
        }
    }

    /** As {@link SharedForecasts#of}; completes once it is computed, or with the failure. */
    CompletableFuture<Answer> of(@Nullable LocalDate date, boolean afresh) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (!settle(answer, forecasts.of(date, afresh))) {
            Waiting asked = new Waiting(date, answer);
            waiting.add(asked);
            var unused = answer.whenComplete((done, failure) -> waiting.remove(asked));
        }
        return answer;
    }

    private static boolean settle(CompletableFuture<Answer> answer, ForecastState state) {
        if (state.fresh() != null) {
            answer.complete(new Answer(state.fresh().forecast(), state.fresh().asOf()));
        } else if (state.failure() != null) {
            answer.completeExceptionally(state.failure());
        }
        return answer.isDone();
    }

    @Override
    void work() {
        waiting.forEach(asked -> {
            try {
                settle(asked.answer, forecasts.of(asked.date, false));
            } catch (RuntimeException failure) {
                asked.answer.completeExceptionally(failure);
            }
        });
    }
}
