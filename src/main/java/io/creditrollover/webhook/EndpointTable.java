package io.creditrollover.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code credit_rollover_webhooks}. A process claims an endpoint before it sends; the claim runs out, so
 * another process resumes after a crash. Writes of a former holder change nothing. Uses the database's clock.
 */
@Component
class EndpointTable {
    /** Longer than an attempt. Each stored message renews it. */
    private static final Duration CLAIM = Duration.ofSeconds(60);

    private static final String MAY_TRY = """
            (switched_off_at is null and (claimed_until is null or claimed_until < clock_timestamp())
             and (next_attempt_at is null or next_attempt_at <= clock_timestamp()))
            """;

    private final JdbcClient jdbc;
    private final Endpoints endpoints;

    EndpointTable(JdbcClient jdbc, Endpoints endpoints) {
        this.jdbc = jdbc;
        this.endpoints = endpoints;
    }

    /**
     * Adds configured endpoints without a row. They begin behind the present end of the feed: an endpoint does not get
     * the history unless a replay asks for it. A changed URL switches an endpoint on again.
     */
    void register() {
        for (Endpoint endpoint : endpoints.all()) {
            if (!isRegistered(endpoint)) {
                register(endpoint);
            }
        }
    }

    /** Asks first: the insert would lock the row each time. */
    private boolean isRegistered(Endpoint endpoint) {
        return jdbc.sql("select exists (select from credit_rollover_webhooks where name = :name and url_hash = :hash)")
                .param("name", endpoint.name())
                .param("hash", endpoint.urlHash())
                .query(Boolean.class)
                .single();
    }

    private void register(Endpoint endpoint) {
        jdbc.sql("""
                            insert into credit_rollover_webhooks as w (name, url_hash, position, event_id)
                            select :name, :hash, coalesce(max(position), 0), :all from credit_rollover_feed
                            on conflict (name) do update
                            set url_hash = excluded.url_hash, switched_off_at = null, next_attempt_at = null, attempts = 0
                            where w.url_hash <> excluded.url_hash
                            """)
                .param("name", endpoint.name())
                .param("hash", endpoint.urlHash())
                .param("all", Long.MAX_VALUE)
                .update();
    }

    Optional<EndpointState> find(String name) {
        return jdbc.sql(
                        "select *, %s as may_try, clock_timestamp() as read_at from credit_rollover_webhooks where name = :name"
                                .formatted(MAY_TRY))
                .param("name", name)
                .query(EndpointState::read)
                .optional();
    }

    /** Claims an endpoint with an attempt due; empty if another process was faster. */
    Optional<EndpointState> claim(String name, String claim) {
        return jdbc.sql("""
                        update credit_rollover_webhooks
                        set claim = :claim, claimed_until = clock_timestamp() + :seconds * interval '1 second'
                        where name = :name and %s
                        returning *, true as may_try, clock_timestamp() as read_at
                        """.formatted(MAY_TRY))
                .param("claim", claim)
                .param("seconds", CLAIM.toSeconds())
                .param("name", name)
                .query(EndpointState::read)
                .optional();
    }

    /**
     * Moves the cursor, and stores the next message before its first attempt.
     *
     * @param next null for none
     * @return the database's time; empty after the loss of the claim
     */
    Optional<Instant> store(String name, String claim, Cursor cursor, @Nullable Message next, boolean accepted) {
        return jdbc.sql("""
                        update credit_rollover_webhooks
                        set position = :position, event_id = :eventId, message_id = :messageId,
                            message_position = :messagePosition::bigint, message_after_id = :afterId::bigint,
                            message_last_id = :lastId::bigint, attempts = 0, next_attempt_at = null, last_error = null,
                            last_success_at = case when :accepted then clock_timestamp() else last_success_at end,
                            claimed_until = clock_timestamp() + :seconds * interval '1 second'
                        where name = :name and claim = :claim
                        returning clock_timestamp()
                        """)
                .param("position", cursor.position())
                .param("eventId", cursor.id())
                .param("messageId", next == null ? null : next.id())
                .param("messagePosition", next == null ? null : next.entry().position())
                .param("afterId", next == null ? null : next.afterId())
                .param("lastId", next == null ? null : next.lastId())
                .param("accepted", accepted)
                .param("seconds", CLAIM.toSeconds())
                .param("name", name)
                .param("claim", claim)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Ends a claim without an attempt, or after one that was stopped. */
    void release(String name, String claim) {
        jdbc.sql(
                        "update credit_rollover_webhooks set claim = null, claimed_until = null where name = :name and claim = :claim")
                .param("name", name)
                .param("claim", claim)
                .update();
    }

    /** Ends a claim after a failed attempt; the message stays. */
    void failed(String name, String claim, String error, int attempts, Duration wait) {
        jdbc.sql("""
                        update credit_rollover_webhooks
                        set claim = null, claimed_until = null, last_error = :error, attempts = :attempts,
                            next_attempt_at = clock_timestamp() + :millis * interval '1 millisecond'
                        where name = :name and claim = :claim
                        """)
                .param("error", error)
                .param("attempts", attempts)
                .param("millis", wait.toMillis())
                .param("name", name)
                .param("claim", claim)
                .update();
    }

    /** Makes a failed attempt due at once. A time that the receiver asked for by 429 remains. */
    void hasten(String name) {
        jdbc.sql("""
                        update credit_rollover_webhooks set next_attempt_at = null
                        where name = :name and next_attempt_at is not null and switched_off_at is null
                          and last_error is distinct from :rateLimited
                        """)
                .param("name", name)
                .param("rateLimited", Answer.RATE_LIMITED)
                .update();
    }

    void switchOff(String name, String claim, String error) {
        jdbc.sql("""
                        update credit_rollover_webhooks
                        set claim = null, claimed_until = null, last_error = :error, switched_off_at = clock_timestamp()
                        where name = :name and claim = :claim
                        """)
                .param("error", error)
                .param("name", name)
                .param("claim", claim)
                .update();
    }

    /** Also lets an attempt be due at once. Returns whether there is such an endpoint. */
    boolean switchOn(String name) {
        return jdbc.sql("""
                                update credit_rollover_webhooks
                                set switched_off_at = null, next_attempt_at = null, attempts = 0 where name = :name
                                """).param("name", name).update() == 1;
    }

    /** Moves the cursor; the present message is dropped, and a process that is sending it loses its claim. */
    boolean replay(String name, Cursor cursor) {
        return jdbc.sql("""
                                update credit_rollover_webhooks
                                set position = :position, event_id = :eventId, message_id = null, message_position = null,
                                    message_after_id = null, message_last_id = null, attempts = 0, next_attempt_at = null,
                                    last_error = null, claim = null, claimed_until = null
                                where name = :name
                                """)
                        .param("position", cursor.position())
                        .param("eventId", cursor.id())
                        .param("name", name)
                        .update()
                == 1;
    }
}
