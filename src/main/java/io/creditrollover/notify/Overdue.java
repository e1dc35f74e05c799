package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.run.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells whether the month is overdue, by the database's clock and the business zone. Reads only. */
@Component
public class Overdue {
    private final JdbcClient jdbc;
    private final DatabaseClock clock;
    private final RolloverProperties properties;

    Overdue(JdbcClient jdbc, DatabaseClock clock, RolloverProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * Returns the rollover date if not completed {@code rollover.overdue-after} after its cut-off. Java converts dates
     * to instants: PostgreSQL reads a zone such as {@code +05:30} with the opposite sign.
     */
    public Optional<LocalDate> date() {
        Instant now = clock.now();
        LocalDate date = LocalDate.ofInstant(now, properties.zone()).withDayOfMonth(1);
        Instant cutoff = date.atStartOfDay(properties.zone()).toInstant();
        boolean due = Duration.between(cutoff, now).compareTo(properties.overdueAfter()) > 0;
        return due && !isCompleted(date) ? Optional.of(date) : Optional.empty();
    }

    private boolean isCompleted(LocalDate date) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_runs
                                       where rollover_date = :date and mode = 'live' and status = 'COMPLETED')
                        """).param("date", date).query(Boolean.class).single();
    }

    /** Returns {@link #date} as a sentence with the command to run. */
    public Optional<String> sentence() {
        return date().map(date -> "The month of " + date + " has not run by " + properties.overdueAfter()
                + " after its cut-off. To run it: java -jar credit-rollover.jar run --date " + date);
    }
}
