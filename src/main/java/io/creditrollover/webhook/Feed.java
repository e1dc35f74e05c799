package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code credit_rollover_feed}: ends of runs in the order of their commits. */
@Component
public class Feed {
    /** Two numbers, because applications mostly use locks of one. The second is the table's. */
    private static final String LOCK = """
            select count(*) from (select pg_advisory_xact_lock(
                1129467718, ('credit_rollover_feed'::regclass::oid::bigint & 2147483647)::int)) locked
            """;

    private final JdbcClient jdbc;

    Feed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes appends wait for each other until the caller's transaction ends, so that positions are in the order of the
     * commits. The ends of runs are in order by the lease; an overdue month and notices have no lease.
     */
    public void lock() {
        jdbc.sql(LOCK).query(Long.class).single();
    }

    /**
     * Appends an entry in the caller's transaction. Call {@link #lock} first.
     *
     * @param details JSON for a message without rows, masked; null for one with rows
     * @param afterId see {@link FeedEntry}
     * @param lastId see {@link FeedEntry}
     * @return the entry's position
     */
    public long append(
            WebhookType type,
            @Nullable Long runId,
            LocalDate rolloverDate,
            @Nullable String details,
            @Nullable Long afterId,
            @Nullable Long lastId) {
        return jdbc.sql("""
                        insert into credit_rollover_feed
                            (position, type, run_id, execution_id, rollover_date, details, after_id, last_id)
                        select coalesce((select max(position) from credit_rollover_feed), 0) + 1, :type, :runId::bigint,
                               (select max(x.job_execution_id)
                                from credit_rollover_runs r
                                join credit_rollover_batch_job_execution x on x.job_instance_id = r.job_instance_id
                                where r.id = :runId::bigint),
                               :rolloverDate, :details, :afterId::bigint, :lastId::bigint
                        returning position
                        """)
                .param("type", type.code())
                .param("runId", runId)
                .param("rolloverDate", rolloverDate)
                .param("details", details)
                .param("afterId", afterId)
                .param("lastId", lastId)
                .query(Long.class)
                .single();
    }

    /**
     * Returns the next entry of these types with something after the cursor.
     *
     * @param endpoint also gets what was postponed for it
     */
    Optional<FeedEntry> next(Cursor cursor, Set<WebhookType> types, String endpoint) {
        return jdbc.sql("""
                        select * from credit_rollover_feed
                        where position >= :position and (position > :position or last_id > :id)
                          and type = any (:types::text[])
                          and (last_id is null or details is null or details::json ->> 'endpoint' = :endpoint)
                        order by position limit 1
                        """)
                .param("endpoint", endpoint)
                .param("position", cursor.position())
                .param("id", cursor.id())
                .param("types", types.stream().map(WebhookType::code).toArray(String[]::new))
                .query(FeedEntry::read)
                .optional();
    }

    /**
     * Appends entries that repeat those of a type between a cursor and a position, for one endpoint. In the caller's
     * transaction, after {@link #lock}.
     */
    void postpone(WebhookType type, String endpoint, Cursor after, long before) {
        jdbc.sql("""
                        insert into credit_rollover_feed (position, type, rollover_date, details, after_id, last_id)
                        select (select max(position) from credit_rollover_feed) + row_number() over (order by position),
                               type, rollover_date,
                               json_build_object('endpoint', :endpoint::text, 'position',
                                                 coalesce((details::json ->> 'position')::bigint, position)),
                               case position when :position then greatest(after_id, :id) else after_id end, last_id
                        from credit_rollover_feed
                        where position >= :position and (position > :position or last_id > :id) and position < :before
                          and type = :type and (details is null or details::json ->> 'endpoint' = :endpoint)
                        """)
                .param("type", type.code())
                .param("endpoint", endpoint)
                .param("position", after.position())
                .param("id", after.id())
                .param("before", before)
                .update();
    }

    Optional<FeedEntry> find(long position) {
        return jdbc.sql("select * from credit_rollover_feed where position = :position")
                .param("position", position)
                .query(FeedEntry::read)
                .optional();
    }

    /** Returns the cursor behind all present entries. */
    Cursor end() {
        return Cursor.behind(jdbc.sql("select coalesce(max(position), 0) from credit_rollover_feed")
                .query(Long.class)
                .single());
    }

    /** Returns the cursor before the first entry of a date, or empty. */
    Optional<Cursor> before(LocalDate date) {
        return jdbc.sql(
                        "select position from credit_rollover_feed where rollover_date = :date order by position limit 1")
                .param("date", date)
                .query(Long.class)
                .optional()
                .map(position -> Cursor.behind(position - 1));
    }

    void keepAfterId(FeedEntry entry, long afterId) {
        jdbc.sql("update credit_rollover_feed set after_id = :afterId where position = :position and after_id is null")
                .param("afterId", afterId)
                .param("position", entry.position())
                .update();
    }
}
