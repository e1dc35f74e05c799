package io.creditrollover.admin;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record of who did what, why, and with what result; the database lets nobody change it. */
@OnlyWhenServing
@Component
class Audit {
    private static final int LONGEST_RESULT = 1_000;

    private final JdbcClient jdbc;

    Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A line of the record; see {@link #append}. */
    record Entry(
            Instant at,
            String who,
            String address,
            String action,
            String target,
            @Nullable String reason,
            String result) {}

    /**
     * Appends a line.
     *
     * @param action such as {@code run}, {@code undo} or {@code refused}
     * @param target what it was done to, such as {@code 2026-11-01} or {@code execution 12}
     * @param reason what the person gave as reason; null for none
     */
    void append(Who who, String action, String target, @Nullable String reason, String result) {
        jdbc.sql("""
                        insert into credit_rollover_audit (who, address, action, target, reason, result)
                        values (:who, :address, :action, :target, :reason, :result)
                        """)
                .param("who", who.name())
                .param("address", who.address())
                .param("action", action)
                .param("target", target)
                .param("reason", reason)
                .param("result", result.length() > LONGEST_RESULT ? result.substring(0, LONGEST_RESULT) : result)
                .update();
    }

    /** Returns the latest lines, the last first. */
    List<Entry> latest(int most) {
        return jdbc.sql("""
                        select at, who, address, action, target, reason, result
                        from credit_rollover_audit order by id desc limit :most
                        """)
                .param("most", most)
                .query((rs, row) -> new Entry(
                        rs.getObject("at", OffsetDateTime.class).toInstant(),
                        rs.getString("who"),
                        rs.getString("address"),
                        rs.getString("action"),
                        rs.getString("target"),
                        rs.getString("reason"),
                        rs.getString("result")))
                .list();
    }

    /** Returns whether somebody did {@code action} to {@code target}, and was not refused. */
    boolean wasDoneTo(String target, String action) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_audit
                                       where target = :target and action = :action and result not like 'refused%')
                        """)
                .param("target", target)
                .param("action", action)
                .query(Boolean.class)
                .single();
    }
}
