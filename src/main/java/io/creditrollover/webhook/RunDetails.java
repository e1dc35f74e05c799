package io.creditrollover.webhook;

import io.creditrollover.exit.Masked;
import io.creditrollover.run.RunEndedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The data of a message about a run. It is stored, because a repetition must have the same content. */
@Component
class RunDetails {
    private static final String[] TOTALS = {
        "users_processed", "usersProcessed",
        "users_rolled_over", "usersRolledOver",
        "users_expired", "usersExpired",
        "users_skipped", "usersSkipped",
        "credits_before", "creditsBefore",
        "credits_rolled_over", "creditsRolledOver",
        "credits_expired", "creditsExpired"
    };

    private final JdbcClient jdbc;

    RunDetails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads the run's row, which has its final status. */
    String of(RunEndedEvent end) {
        Map<String, Object> data =
                jdbc.sql("""
                        select r.*, (select max(x.job_execution_id) from credit_rollover_batch_job_execution x
                                     where x.job_instance_id = r.job_instance_id) as execution_id
                        from credit_rollover_runs r where r.id = :id
                        """).param("id", end.runId()).query(RunDetails::data).single();
        data.put("status", end.status().name());
        if (end.message() != null) {
            data.put("message", Masked.text(end.message()));
        }
        return JsonMapper.shared().writeValueAsString(data);
    }

    private static Map<String, Object> data(ResultSet rs, int row) throws SQLException {
        Map<String, Object> data = new LinkedHashMap<>();
        Long executionId = rs.getObject("execution_id", Long.class);
        if (executionId != null) {
            data.put("executionId", executionId);
        }
        data.put("runId", rs.getLong("id"));
        data.put("rolloverDate", rs.getString("rollover_date"));
        for (int i = 0; i < TOTALS.length; i += 2) {
            data.put(TOTALS[i + 1], rs.getLong(TOTALS[i]));
        }
        return data;
    }
}
