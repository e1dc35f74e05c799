package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import io.creditrollover.run.ForecastService;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Computes claimed forecasts in the background, one at a time, and renews their claims. Thread-safe. */
@OnlyWhenServing
@Component
class ForecastWorker extends PeriodicWork {
    private static final Logger log = LoggerFactory.getLogger(ForecastWorker.class);
    private static final int MAX_QUEUED = 12;
    private static final Duration RENEWAL = Duration.ofSeconds(15);

    private final ForecastService forecasts;
    private final ForecastTable table;
    private final Set<ForecastTable.Claim> claims = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_QUEUED),
            ConnectionPools.threadsForPages("forecast"));

    ForecastWorker(ForecastService forecasts, ForecastTable table) {
        super(ConnectionPools.threadsForPages("forecast-claims"), RENEWAL, RENEWAL);
        this.forecasts = forecasts;
        this.table = table;
        worker.allowCoreThreadTimeOut(true);
    }

    /** @throws ExitException 75 if too many dates are queued */
    void compute(ForecastTable.Claim claim, Runnable done) {
        claims.add(claim);
        try {
            worker.execute(() -> {
                forecast(claim);
                done.run();
            });
        } catch (RejectedExecutionException full) {
            claims.remove(claim);
            ExitException tooMany = new ExitException(
                    ExitCode.RETRY, "Too many forecasts are asked for at once; try again in a minute.", full);
            table.fail(claim, tooMany);
            throw tooMany;
        }
    }

    /** If even the failure cannot be stored, the claim runs out and the next viewer begins anew. */
    private void forecast(ForecastTable.Claim claim) {
        try {
            table.store(claim, forecasts.of(claim.date()));
        } catch (RuntimeException failure) {
            try {
                table.fail(claim, sentence(failure));
            } catch (RuntimeException unwritten) {
                log.warn("The failure of a forecast could not be stored: {}", Masked.firstLine(unwritten));
            }
        } finally {
            claims.remove(claim);
        }
    }

    private static ExitException sentence(RuntimeException failure) {
        if (failure instanceof ExitException refused) {
            return refused;
        }
        log.error("A forecast failed.", Masked.trace(failure));
        return new ExitException(
                ExitCode.RETRY, "The forecast could not be computed; the log of the console says why.", failure);
    }

    @Override
    void work() {
        for (ForecastTable.Claim claim : claims) {
            try {
                table.renew(claim);
            } catch (RuntimeException unreachable) {
                log.warn("The claim on a forecast could not be renewed: {}", Masked.firstLine(unreachable));
            }
        }
    }

    @Override
    public void stop() {
        super.stop();
        worker.shutdownNow();
    }
}
