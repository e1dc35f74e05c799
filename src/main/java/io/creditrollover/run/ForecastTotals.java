package io.creditrollover.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The totals of a stored forecast. Expired credits include caps. */
public record ForecastTotals(
        long usersProcessed,
        long usersRolledOver,
        long usersExpired,
        long usersSkipped,
        long creditsRolledOver,
        long creditsExpired) {

    /** Returns null until the run has a forecast. */
    public static @Nullable ForecastTotals of(long runId, JdbcClient jdbc) {
        return of(jdbc.sql("select forecast from credit_rollover_runs where id = :runId")
                .param("runId", runId)
                .query((rs, row) -> Optional.ofNullable(rs.getString("forecast")))
                .single()
                .orElse(null));
    }

    /** Reads only keys of all versions: another version may have stored it. Returns null if it is unreadable. */
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
