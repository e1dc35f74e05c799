package io.creditrollover.people;

import io.creditrollover.exit.Masked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the audit of this package, in the caller's transaction. Commands have no address: it is a dash. */
@Component
class ErasureAudit {
    private static final int MAX_RESULT_LENGTH = 1_000;

    private final JdbcClient jdbc;

    ErasureAudit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes the intent, and returns its id. {@code target} is never a phone number. */
    long intend(String actor, String action, String target, @Nullable String reason) {
        return jdbc.sql("""
                        insert into credit_rollover_audit (who, address, action, target, reason, result)
                        values (:who, '-', :action, :target, :reason, 'intended')
                        returning id
                        """)
                .param("who", actor)
                .param("action", action)
                .param("target", target)
                .param("reason", reason)
                .query(Long.class)
                .single();
    }

    /** Writes the outcome as a second row. */
    void outcome(long intentId, boolean done, String result) {
        String text = Masked.text(result);
        jdbc.sql("""
                        insert into credit_rollover_audit (who, address, action, target, result, intent_id, outcome)
                        select who, address, action, target, :result, id, :outcome
                        from credit_rollover_audit where id = :intentId
                        """)
                .param("result", text.substring(0, Math.min(text.length(), MAX_RESULT_LENGTH)))
                .param("outcome", done ? "done" : "nothing-done")
                .param("intentId", intentId)
                .update();
    }
}
