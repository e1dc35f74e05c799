package io.creditrollover.admin;

import io.creditrollover.run.ExceededLimit;
import io.creditrollover.run.Forecast;
import io.creditrollover.run.ForecastFigures;
import io.creditrollover.run.Renewals;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A forecast as JSON in the database. Consoles of two versions may share it for ten minutes, so it may be unreadable. */
record StoredForecast(
        LocalDate rolloverDate,
        Instant cutoff,
        String zone,
        ForecastFigures figures,
        List<ExceededLimit> exceeded,
        List<String> notApplied,
        @Nullable Renewals renewals) {
    static String toJson(Forecast forecast) {
        return JsonMapper.shared()
                .writeValueAsString(new StoredForecast(
                        forecast.rolloverDate(),
                        forecast.cutoff(),
                        forecast.zone(),
                        forecast.figures(),
                        forecast.exceeded(),
                        forecast.notApplied(),
                        forecast.renewals()));
    }

    static Optional<Forecast> parse(String json) {
        try {
            StoredForecast stored = JsonMapper.shared().readValue(json, StoredForecast.class);
            return Optional.of(new Forecast(
                    stored.rolloverDate,
                    stored.cutoff,
                    stored.zone,
                    stored.figures,
                    stored.exceeded,
                    stored.notApplied,
                    stored.renewals));
        } catch (JacksonException | NullPointerException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
