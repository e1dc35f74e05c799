package io.creditrollover.demo;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The time in the demo's database, which is the product's time. */
final class DemoClock {
    private final JdbcClient jdbc;

    private DemoClock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces the clock of a database without tables. It shows the machine's time until it is moved. */
    static DemoClock in(DemoDatabase database) throws SQLException {
        database.execute("db/demo/demo-clock.sql");
        return new DemoClock(JdbcClient.create(database.dataSource()));
    }

    /** From now on it is {@code moment} and later, in all sessions. */
    void moveTo(Instant moment) {
        jdbc.sql("""
                        select setval('demo.seconds_behind',
                                      floor(extract(epoch from machine_clock_timestamp()))::bigint - :moment)
                        """).param("moment", moment.getEpochSecond()).query().singleRow();
    }

    /** From now on it is the machine's time again. */
    void moveToNow() {
        jdbc.sql("select setval('demo.seconds_behind', 0)").query().singleRow();
    }

    /** Puts the executions since the last call back to this clock: Spring Batch takes their time from its process. */
    void stampExecutions() {
        for (String table : new String[] {"step", "job"}) {
            jdbc.sql("""
                            update credit_rollover_batch_%s_execution
                            set create_time = create_time - behind, start_time = start_time - behind,
                                end_time = end_time - behind, last_updated = last_updated - behind
                            from (select make_interval(secs => pg_sequence_last_value('demo.seconds_behind')) as behind) s
                            where create_time > :since
                            """.formatted(table))
                    .param("since", LocalDateTime.now(ZoneId.systemDefault()).minusHours(1))
                    .update();
        }
    }
}
