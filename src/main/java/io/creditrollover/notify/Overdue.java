package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the current month should have run by now, by the database's clock and the business zone. Reads only. */
@Component
public class Overdue {
    private final JdbcClient jdbc;
    private final RolloverProperties properties;

    Overdue(JdbcClient jdbc, RolloverProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Returns the rollover date that is overdue: not completed {@code rollover.overdue-after} after its cut-off. */
    public Optional<LocalDate> date() {
        return jdbc.sql("""
                        with month as (
                            select date_trunc('month', clock_timestamp() at time zone :zone) as begins)
                        select begins::date from month
                        where clock_timestamp() > begins at time zone :zone + :seconds * interval '1 second'
                          and not exists (select from credit_rollover_runs r
                                          where r.rollover_date = begins::date and r.mode = 'live'
                                            and r.status = 'COMPLETED')
                        """)
                .param("zone", properties.zone().getId())
                .param("seconds", properties.overdueAfter().toSeconds())
                .query(LocalDate.class)
                .optional();
    }

    /** Returns the same as a sentence for people, with the command that helps; empty when all is well. */
    public Optional<String> sentence() {
        return date().map(date -> "The month of " + date + " has not run by " + properties.overdueAfter()
                + " after its cut-off. To run it: java -jar credit-rollover.jar run --date " + date);
    }
}
