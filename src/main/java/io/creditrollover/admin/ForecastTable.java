package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.Forecast;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows of {@code credit_rollover_forecasts}, by the database's clock. A claim lets one console compute; it runs out
 * unless renewed, so a console that dies is replaced.
 */
@OnlyWhenServing
@Component
class ForecastTable {
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final String settings;
    private final long ageSeconds;

    ForecastTable(JdbcClient jdbc, ForecastSettings settings, RolloverProperties properties) {
        this.jdbc = jdbc;
        this.settings = settings.hash();
        this.ageSeconds = properties.console().forecastAge().toSeconds();
    }

    /** A claimed computation. */
    record Claim(LocalDate date, long number) {}

    /** Reads one row. A forecast from before the end of a live run, undo or reinstatement is not fresh. */
    ForecastState read(LocalDate date) {
        return jdbc.sql("""
                        select f.*, coalesce(claimed_until > clock_timestamp(), false) as working,
                               coalesce(computed_at > clock_timestamp() - :age * interval '1 second'
                                        and as_of > coalesce((select max(finished_at) from credit_rollover_runs
                                                              where mode <> 'dry-run'), '-infinity'), false) as fresh,
                               coalesce(failed_at > clock_timestamp() - :age * interval '1 second', false) as failing
                        from credit_rollover_forecasts f where rollover_date = :date and settings = :settings
                        """)
                .param("age", ageSeconds)
                .param("date", date)
                .param("settings", settings)
                .query(ForecastTable::state)
                .optional()
                .orElse(new ForecastState(null, null, null));
    }

    private static ForecastState state(ResultSet rs, int row) throws SQLException {
        if (rs.getBoolean("working")) {
            return new ForecastState(null, instant(rs, "claimed_at"), null);
        }
        if (rs.getBoolean("failing")) {
            int code = rs.getInt("failure_code");
            ExitCode exitCode = Arrays.stream(ExitCode.values())
                    .filter(known -> known.code() == code)
                    .findFirst()
                    .orElse(ExitCode.RETRY);
            return new ForecastState(null, null, new ExitException(exitCode, rs.getString("failure")));
        }
        Optional<Forecast> forecast =
                rs.getBoolean("fresh") ? StoredForecast.parse(rs.getString("forecast")) : Optional.empty();
        Instant asOf = instant(rs, "as_of");
        ForecastState.Dated dated =
                forecast.isEmpty() || asOf == null ? null : new ForecastState.Dated(forecast.get(), asOf);
        return new ForecastState(dated, null, null);
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    /** Returns empty if another console, or thread, computes it. */
    Optional<Claim> claim(LocalDate date) {
        return jdbc.sql("""
                        insert into credit_rollover_forecasts as f
                            (rollover_date, settings, claim, claimed_at, claimed_until)
                        values (:date, :settings, 1, clock_timestamp(), clock_timestamp() + :claim * interval '1 second')
                        on conflict (rollover_date, settings) do update
                        set claim = f.claim + 1, claimed_at = excluded.claimed_at, claimed_until = excluded.claimed_until
                        where f.claimed_until is null or f.claimed_until < clock_timestamp()
                        returning claim
                        """)
                .param("date", date)
                .param("settings", settings)
                .param("claim", CLAIM.toSeconds())
                .query(Long.class)
                .optional()
                .map(number -> new Claim(date, number));
    }

    void renew(Claim claim) {
        update(
                claim,
                "claimed_until = clock_timestamp() + " + CLAIM.toSeconds() + " * interval '1 second'",
                null,
                null);
    }

    void store(Claim claim, Forecast forecast) {
        update(claim, """
                        forecast = :value::jsonb, as_of = claimed_at, computed_at = clock_timestamp(), failure = null,
                        failure_code = null, failed_at = null, claimed_until = null
                        """, StoredForecast.toJson(forecast), null);
        jdbc.sql("""
                        delete from credit_rollover_forecasts
                        where claimed_until is null and claimed_at < clock_timestamp() - interval '2 days'
                        """).update();
    }

    void fail(Claim claim, ExitException failure) {
        update(claim, """
                        failure = :value, failure_code = :code::integer, failed_at = clock_timestamp(),
                        claimed_until = null
                        """, failure.sentence(), failure.exitCode().code());
    }

    /** Changes nothing once another console has taken over. */
    private void update(Claim claim, String assignments, @Nullable String value, @Nullable Integer code) {
        jdbc.sql("update credit_rollover_forecasts set " + assignments
                        + " where rollover_date = :date and settings = :settings and claim = :claim")
                .param("value", value)
                .param("code", code)
                .param("date", claim.date())
                .param("settings", settings)
                .param("claim", claim.number())
                .update();
    }
}
