package io.creditrollover.admin;

import io.creditrollover.report.EventCsv;
import io.creditrollover.run.Snapshots;
import java.io.Writer;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Streams skipped users as CSV, latest run first, with the payment at fault. Times are in UTC. */
@OnlyWhenServing
@Component
class SkipCsv {
    private static final List<String> COLUMNS = List.of(
            "rollover_date",
            "run_id",
            "user_id",
            "phone_number",
            "reason_code",
            "reason",
            "skipped_at",
            "payment_id",
            "plan_type",
            "payment_status",
            "paid_at",
            "looked_at",
            "looked_at_by");
    private static final int FETCHED = 500;

    private final JdbcClient jdbc;
    private final Snapshots snapshots;

    SkipCsv(JdbcClient jdbc, Snapshots snapshots) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
    }

    void write(SkippedUsers.Filter filter, Writer out) {
        snapshots.read(() -> EventCsv.stream(
                SkippedUsers.narrowed(jdbc.sql("""
                        select s.rollover_date, s.run_id, s.user_id,
                               (select u.phone_number::text from users u where u.id = s.user_id) as phone_number,
                               s.reason_code, s.reason,
                               to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as skipped_at,
                               p.id as payment_id, p.plan_type, p.payment_status,
                               case when isfinite(p.created_at)
                                   then to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                                   end as paid_at,
                               to_char(s.looked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as looked_at,
                               s.looked_at_by
                        from (select r.rollover_date, s.* from credit_rollover_skips s
                              join credit_rollover_runs r on r.id = s.run_id where %s
                              order by s.run_id desc, s.user_id) s
                        %s
                        order by s.run_id desc, s.user_id
                        """.formatted(SkippedUsers.MATCHING, SkippedUsers.AT_FAULT)), filter)
                        .withFetchSize(FETCHED),
                COLUMNS,
                out));
    }
}
