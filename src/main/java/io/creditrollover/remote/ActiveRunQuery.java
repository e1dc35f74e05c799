package io.creditrollover.remote;

import io.creditrollover.lease.Leases;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A worker's view of the active run. Reads only. */
@Lazy
@Component
class ActiveRunQuery {
    private final JdbcClient jdbc;

    ActiveRunQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A run with offered partitions and a renewed lease. {@code token} is the manager's. */
    record Led(long runId, LocalDate rolloverDate, long token, long leaseMillis) {
        Duration lease() {
            return Duration.ofMillis(leaseMillis);
        }
    }

    /** A run's status, and whether the same manager still renews the lease. */
    record Sight(String status, boolean led) {
        boolean isOver() {
            return !status.equals("RUNNING");
        }
    }

    Optional<Led> find() {
        return jdbc.sql("""
                        select distinct r.id as run_id, r.rollover_date, l.token,
                               round(extract(epoch from l.expires_at - l.renewed_at) * 1000)::bigint as lease_millis
                        from credit_rollover_leases l
                        join credit_rollover_partitions p on p.token = l.token
                        join credit_rollover_runs r on r.id = p.run_id
                        where l.name = :lease and l.expires_at > clock_timestamp() and r.status = 'RUNNING'
                        """).param("lease", Leases.WRITER).query(Led.class).optional();
    }

    Sight check(Led run) {
        return jdbc.sql("""
                        select r.status, l.token = :token and l.expires_at > clock_timestamp() as led
                        from credit_rollover_runs r, credit_rollover_leases l
                        where r.id = :runId and l.name = :lease
                        """)
                .param("token", run.token())
                .param("runId", run.runId())
                .param("lease", Leases.WRITER)
                .query(Sight.class)
                .single();
    }
}
