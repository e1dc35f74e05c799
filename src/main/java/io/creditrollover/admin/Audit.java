package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes the append-only audit: the intent before the action, the outcome as a second row. Masks phone numbers, because
 * nothing can erase them later.
 */
@OnlyWhenServing
@Component
class Audit {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final int MAX_RESULT_LENGTH = 1_000;

    private final JdbcClient jdbc;

    Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param action such as {@code run}
     * @param target such as {@code 2026-11-01} or {@code execution 12}
     * @param userId of the user that it is about, named before the target; null for none
     */
    record Intent(
            Actor who,
            String action,
            String target,
            @Nullable Long userId,
            @Nullable String reason) {
        Intent(Actor who, String action, String target, @Nullable String reason) {
            this(who, action, target, null, reason);
        }

        /** An id stays whole, although it may have as many digits as a phone number. */
        private String about() {
            String masked = Masked.text(target);
            return userId == null ? masked : "user " + userId + (masked.isEmpty() ? "" : ", " + masked);
        }
    }

    /**
     * Writes an intent and returns its id. Joins the caller's transaction, if any.
     *
     * @throws ExitException 75 if the write fails; the caller must then do nothing
     */
    long intend(Intent intent) {
        try {
            return insert(intent, null, "intended");
        } catch (DataAccessException | TransactionException unwritten) {
            throw new ExitException(
                    ExitCode.RETRY,
                    "The audit could not be written, so nothing was changed. Try again later.",
                    unwritten);
        }
    }

    /** Writes an outcome in the action's transaction. */
    void done(long intentId, String result) {
        append(intentId, "done", result);
    }

    /** Writes an outcome. The action is already done, so a failed write is only logged. */
    void outcome(long intentId, String outcome, String result) {
        try {
            append(intentId, outcome, result);
        } catch (DataAccessException | TransactionException unwritten) {
            log.error("The audit has intent {}, but not its outcome: {}, {}", intentId, outcome, result, unwritten);
        }
    }

    /** Writes a refused or completed action as one row. */
    void note(Intent what, String outcome, String result) {
        insert(what, outcome, result);
    }

    private void append(long intentId, String outcome, String result) {
        jdbc.sql("""
                        insert into credit_rollover_audit (who, address, action, target, reason, result, intent_id, outcome)
                        select who, address, action, target, null, :result, id, :outcome
                        from credit_rollover_audit where id = :intentId
                        """)
                .param("result", cut(result))
                .param("outcome", outcome)
                .param("intentId", intentId)
                .update();
    }

    private long insert(Intent intent, @Nullable String outcome, String result) {
        return jdbc.sql("""
                        insert into credit_rollover_audit (who, address, action, target, reason, result, outcome)
                        values (:who, :address, :action, :target, :reason, :result, :outcome)
                        returning id
                        """)
                .param("who", intent.who().name())
                .param("address", intent.who().address())
                .param("action", intent.action())
                .param("target", intent.about())
                .param("reason", intent.reason() == null ? null : Masked.text(intent.reason()))
                .param("result", cut(result))
                .param("outcome", outcome)
                .query(Long.class)
                .single();
    }

    private static String cut(String unmasked) {
        String text = Masked.text(unmasked);
        return text.length() > MAX_RESULT_LENGTH ? text.substring(0, MAX_RESULT_LENGTH) : text;
    }

    boolean wasDoneTo(String target, String action) {
        return jdbc.sql("""
                        select exists (select from credit_rollover_audit
                                       where target = :target and action = :action and outcome = 'done')
                        """)
                .param("target", target)
                .param("action", action)
                .query(Boolean.class)
                .single();
    }
}
