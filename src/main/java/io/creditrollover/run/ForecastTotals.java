package io.creditrollover.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures of a run's stored forecast: what it would have done if nothing had stopped it.
 *
 * @param creditsExpired caps included
 */
public record ForecastTotals(
        long usersProcessed,
        long usersRolledOver,
        long usersExpired,
        long usersSkipped,
        long creditsRolledOver,
        long creditsExpired) {

    /**
     * Reads what every version of a forecast has, and asks for nothing else: it may have been stored by another version.
     *
     * @return null where there is no forecast, or none that can be read
     */
    static @Nullable ForecastTotals of(@Nullable String forecast) {
        if (forecast == null) {
            return null;
        }
        try {
            JsonNode stored = JsonMapper.shared().readTree(forecast);
            return new ForecastTotals(
                    stored.required("usersProcessed").asLong(),
                    stored.required("usersRolledOver").asLong(),
                    stored.required("usersExpired").asLong(),
                    stored.required("usersSkipped").asLong(),
                    stored.required("creditsRolledOver").asLong(),
                    stored.required("creditsExpired").asLong());
        } catch (JacksonException | IllegalArgumentException ofAnotherVersion) {
            return null;
        }
    }
}
