package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import io.creditrollover.exit.ExitException;
import io.creditrollover.rollover.UserForecasts;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks ahead, at everybody or one user; reads only. Safe for use by several threads. */
@Component
public class ForecastService {
    private final Readiness readiness;
    private final RunAdmission admission;
    private final ForecastCalculator forecasts;
    private final SafetyLimits limits;
    private final UserForecasts prospects;

    ForecastService(
            Readiness readiness,
            RunAdmission admission,
            ForecastCalculator forecasts,
            SafetyLimits limits,
            UserForecasts prospects) {
        this.readiness = readiness;
        this.admission = admission;
        this.forecasts = forecasts;
        this.limits = limits;
        this.prospects = prospects;
    }

    /**
     * Forecasts a date.
     *
     * @param asked a first of the month; null for the next that will run
     * @throws ExitException 64 for what is no first of the month, or lies before a month that has run
     */
    public Forecast of(@Nullable LocalDate asked) {
        RolloverPolicy policy = policy(asked);
        ForecastFigures forecast = forecasts.of(policy).figures();
        LimitCheck check = limits.check(policy, forecast);
        return new Forecast(
                policy.date(), policy.cutoff(), policy.zone().getId(), forecast, check.sentences(), check.notApplied());
    }

    /** Hands every user in scope of a date to {@code consumer}: the whole phone number, and what would become of them. */
    public void forEach(LocalDate date, BiConsumer<@Nullable String, Verdict> consumer) {
        prospects.forEach(policy(date), consumer);
    }

    /** Returns what would become of one user; empty when not in scope. */
    public Optional<Verdict> of(LocalDate date, long userId) {
        return prospects.of(policy(date), userId);
    }

    /** Returns whether the month of a date, or a later one, has run. */
    public boolean hasRun(LocalDate date) {
        return admission.hasRun(date);
    }

    /** Returns the rules by which a run decided, as it keeps them. */
    public RolloverPolicy policyOfRun(long runId) {
        return admission.policyOfRun(runId);
    }

    /**
     * Checks that this system's tables are there and may be read.
     *
     * @throws ExitException 78 naming what is missing
     */
    public void requireReadable() {
        readiness.forReading();
    }

    /** Refuses (64) what is no first of a month, or in no calendar that a database knows. */
    public void requireDate(LocalDate date) {
        admission.date(date, false);
    }

    /** Returns the rules that a run of a date would go by now, or of the next that will run. */
    public RolloverPolicy policy(@Nullable LocalDate asked) {
        readiness.forReading();
        LocalDate date = asked == null ? admission.nextDate() : admission.date(asked, false);
        admission.rejectIfEarlier(date);
        return admission.policy(date);
    }
}
