package io.creditrollover.notify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Mails to send. A process claims a mail, sends it outside any transaction and marks it. The claim expires, so another
 * process resumes after a crash. Safe for use by several processes.
 */
@Component
class Outbox {
    /** Longer than writing and sending a mail. */
    private static final Duration CLAIM = Duration.ofMinutes(5);

    /** After this many attempts a mail is sent only on request. */
    private static final int MAX_ATTEMPTS = 30;

    /** Limits the copies of a mail with an unknown result. */
    private static final int MAX_UNKNOWN = 4;

    private final JdbcClient jdbc;

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a mail in the caller's transaction. */
    void add(long runId, MailOutcome outcome, @Nullable String message, String recipient) {
        jdbc.sql("""
                        insert into credit_rollover_outbox
                            (run_id, outcome, message, recipient, message_id, limit_exceeded)
                        select id, :outcome, :message, :recipient, :messageId, limit_exceeded
                        from credit_rollover_runs where id = :runId
                        """)
                .param("runId", runId)
                .param("outcome", outcome.name())
                .param("message", message)
                .param("recipient", recipient)
                .param("messageId", "<" + UUID.randomUUID() + "@credit-rollover>")
                .update();
    }

    /** Counts unsent mails, claimed ones included; 0 without an outbox table. */
    long pending() {
        boolean there = jdbc.sql("select to_regclass('credit_rollover_outbox') is not null")
                .query(Boolean.class)
                .single();
        return there
                ? jdbc.sql("select count(*) from credit_rollover_outbox where sent_at is null")
                        .query(Long.class)
                        .single()
                : 0;
    }

    long pendingOf(long runId) {
        return jdbc.sql("select count(*) from credit_rollover_outbox where sent_at is null and run_id = :runId")
                .param("runId", runId)
                .query(Long.class)
                .single();
    }

    /** Claims the next free mail after {@code afterId} with attempts left. */
    Optional<PendingMail> claimNext(long afterId) {
        return claim("attempts < " + MAX_ATTEMPTS, afterId, null);
    }

    /** As {@link #claimNext}, for one run, regardless of attempts. */
    Optional<PendingMail> claimNextOf(long runId, long afterId) {
        return claim("run_id = :runId", afterId, runId);
    }

    private Optional<PendingMail> claim(String condition, long afterId, @Nullable Long runId) {
        return jdbc.sql("""
                        update credit_rollover_outbox
                        set attempts = attempts + 1,
                            claimed_until = clock_timestamp() + :seconds * interval '1 second'
                        where id = (select id from credit_rollover_outbox
                                    where sent_at is null and id > :afterId
                                      and (claimed_until is null or claimed_until < clock_timestamp()) and %s
                                    order by id limit 1 for update skip locked)
                        returning *
                        """.formatted(condition))
                .param("seconds", CLAIM.toSeconds())
                .param("afterId", afterId)
                .param("runId", runId)
                .query(Outbox::mail)
                .optional();
    }

    void sent(PendingMail mail) {
        jdbc.sql("""
                        update credit_rollover_outbox
                        set sent_at = clock_timestamp(), claimed_until = null, last_error = null where id = :id
                        """).param("id", mail.id()).update();
    }

    /** Releases a mail for the next attempt. */
    void notSent(PendingMail mail, String error) {
        jdbc.sql("update credit_rollover_outbox set claimed_until = null, last_error = :error where id = :id")
                .param("error", error)
                .param("id", mail.id())
                .update();
    }

    /** Records a permanent refusal: sent again only on request. */
    void refused(PendingMail mail, String error) {
        jdbc.sql("""
                        update credit_rollover_outbox
                        set claimed_until = null, last_error = :error, attempts = greatest(attempts, :most) where id = :id
                        """)
                .param("error", error)
                .param("most", MAX_ATTEMPTS)
                .param("id", mail.id())
                .update();
    }

    /**
     * Records an unknown result: tried again after 5, 10, 20 minutes and so on, at most a day; after
     * {@link #MAX_UNKNOWN} attempts only on request. All copies have one Message-ID.
     */
    void unknown(PendingMail mail, String error) {
        jdbc.sql("""
                        update credit_rollover_outbox
                        set claimed_until = clock_timestamp()
                                + least(:seconds * 2 ^ least(attempts - 1, 10), 86400) * interval '1 second',
                            last_error = :error,
                            attempts = case when attempts >= :few then greatest(attempts, :most) else attempts end
                        where id = :id
                        """)
                .param("seconds", CLAIM.toSeconds())
                .param("error", error)
                .param("few", MAX_UNKNOWN)
                .param("most", MAX_ATTEMPTS)
                .param("id", mail.id())
                .update();
    }

    private static PendingMail mail(ResultSet rs, int row) throws SQLException {
        return new PendingMail(
                rs.getLong("id"),
                rs.getLong("run_id"),
                MailOutcome.valueOf(rs.getString("outcome")),
                rs.getString("message"),
                rs.getBoolean("limit_exceeded"),
                rs.getString("recipient"),
                rs.getString("message_id"),
                rs.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
