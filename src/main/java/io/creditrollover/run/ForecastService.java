package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import io.creditrollover.exit.ExitException;
import io.creditrollover.rollover.UserForecasts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forecasts for all users or one. Reads only; thread-safe. */
@Component
public class ForecastService {
    private final Readiness readiness;
    private final RunAdmission admission;
    private final ForecastCalculator forecasts;
    private final SafetyLimits limits;
    private final UserForecasts userForecasts;
    private final Snapshots snapshots;
    private final DatabaseClock clock;
    private final JdbcClient jdbc;

    ForecastService(
            Readiness readiness,
            RunAdmission admission,
            ForecastCalculator forecasts,
            SafetyLimits limits,
            UserForecasts userForecasts,
            Snapshots snapshots,
            DatabaseClock clock,
            JdbcClient jdbc) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.jdbc = jdbc;
        this.readiness = readiness;
        this.admission = admission;
        this.forecasts = forecasts;
        this.limits = limits;
        this.userForecasts = userForecasts;
    }

    /**
     * Forecasts a date.
     *
     * @param asked a first of the month; null for the next to run
     * @throws ExitException 64 for another day, or if a later month has run; 78 if tables or rights are missing
     */
    public Forecast of(@Nullable LocalDate asked) {
        RolloverPolicy policy = policy(asked);
        ForecastFigures forecast = forecasts.of(policy).figures();
        SafetyLimits.Check check = limits.check(policy, forecast);
        Instant now = clock.now();
        return new Forecast(
                policy.date(),
                policy.cutoff(),
                policy.zone().getId(),
                forecast,
                check.exceeded(),
                check.notApplied(),
                snapshots.read(() -> Renewals.before(policy, now, jdbc)).orElse(null));
    }

    /** Passes each user in scope to {@code consumer}: full phone number (or null) and verdict. */
    public void forEach(LocalDate date, BiConsumer<@Nullable String, Verdict> consumer) {
        userForecasts.forEach(policy(date), consumer);
    }

    /** Returns the expected verdict under a policy of this class; empty if the user is not in scope. */
    public Optional<Verdict> of(RolloverPolicy policy, long userId) {
        return userForecasts.of(policy, userId);
    }

    /** Returns whether this or a later month has run. */
    public boolean hasRun(LocalDate date) {
        return admission.hasRun(date);
    }

    /** Rejects (78) missing tables or rights, for views. */
    public void requireReadable() {
        readiness.forViewing();
    }

    /** Rejects (64) a date other than the first of a month from 1970 to 9999. */
    public void requireDate(LocalDate date) {
        admission.date(date, false);
    }

    /**
     * Returns the date as {@link #of} takes it, from the runs alone: reads neither users nor payments.
     *
     * @throws ExitException 64 for another day, or if a later month has run
     */
    public LocalDate date(@Nullable LocalDate asked) {
        LocalDate date = asked == null ? admission.nextDate() : admission.date(asked, false);
        admission.rejectIfEarlier(date);
        return date;
    }

    /** Returns the configured policy; for null, of the next date to run. */
    public RolloverPolicy policy(@Nullable LocalDate asked) {
        readiness.forReading();
        return policyOfReadable(asked);
    }

    /** As {@link #policy}, after {@link #requireReadable}: does not read the catalogue again. */
    public RolloverPolicy policyOfReadable(@Nullable LocalDate asked) {
        return admission.policy(date(asked));
    }
}
