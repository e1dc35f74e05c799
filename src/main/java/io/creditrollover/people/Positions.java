package io.creditrollover.people;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code credit_rollover_positions}. */
@Component
class Positions {
    private final JdbcClient jdbc;

    Positions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Position of(String name) {
        return jdbc.sql("select run_id, user_id from credit_rollover_positions where name = :name")
                .param("name", name)
                .query(Position.class)
                .single();
    }

    void save(String name, Position next) {
        jdbc.sql("update credit_rollover_positions set run_id = :runId, user_id = :userId where name = :name")
                .param("runId", next.runId())
                .param("userId", next.userId())
                .param("name", name)
                .update();
    }
}
