package io.creditrollover.notice;

import io.creditrollover.webhook.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Notices that are handed over to the webhooks. A notice belongs to one entry of the feed, named by its address. Its facts
 * are those of the hand-over, so that a repeated message has the same content.
 */
@Component
class HandedOver {
    private static final String ADDRESS = "feed:";

    private final JdbcClient jdbc;

    HandedOver(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param isOpen whether it is planned, or was accepted by another endpoint */
    record Row(PlannedNotice notice, boolean isOpen) {
        static Row of(ResultSet rs, int row) throws SQLException {
            return new Row(PlannedNotice.of(rs, row), rs.getBoolean("is_open"));
        }
    }

    /** Returns the rows of an entry by id. */
    List<Row> of(long position, long afterId, long lastId, int limit) {
        return jdbc.sql("""
                        select *, status in ('planned', 'sent') as is_open from credit_rollover_notices
                        where id > :afterId and id <= :lastId and channel = 'webhook' and address = :address
                        order by id limit :limit
                        """)
                .param("afterId", afterId)
                .param("lastId", lastId)
                .param("address", ADDRESS + position)
                .param("limit", limit)
                .query(Row::of)
                .list();
    }

    /** Withdraws rows from their entry. Planned ones are handed over again by the next {@code notify}. */
    void withdraw(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("update credit_rollover_notices set address = null where id = any (:ids::bigint[])")
                    .param("ids", ids(ids))
                    .update();
        }
    }

    /** Withdraws planned rows that no endpoint will read any more: the endpoint that had to send them is removed. */
    void withdrawPassed(Collection<Long> ids, Cursor earliest) {
        jdbc.sql("""
                        update credit_rollover_notices set address = null
                        where id = any (:ids::bigint[]) and status = 'planned' and address like 'feed:%'
                          and (substr(address, 6)::bigint, id) <= (:position, :lastId)
                        """)
                .param("ids", ids(ids))
                .param("position", earliest.position())
                .param("lastId", earliest.id())
                .update();
    }

    /** Returns those of the ids that belong to no entry. */
    List<Long> withoutEntry(Collection<Long> ids) {
        return jdbc.sql("""
                        select id from credit_rollover_notices
                        where id = any (:ids::bigint[]) and status = 'planned' and address is null order by id
                        """).param("ids", ids(ids)).query(Long.class).list();
    }

    /** Adds notices to an entry, with the facts that are told. */
    void add(long position, List<Notice> notices) {
        jdbc.sql("""
                        update credit_rollover_notices n
                        set address = :address, credits_before = t.before, credits_after = t.after, reason_code = t.code,
                            attempts = n.attempts + 1
                        from unnest(:ids::bigint[], :before::int[], :after::int[], :codes::text[])
                                 as t (id, before, after, code)
                        where n.id = t.id
                        """)
                .param("address", ADDRESS + position)
                .param("ids", array("int8", notices, Notice::id))
                .param("before", array("int4", notices, Notice::creditsBefore))
                .param("after", array("int4", notices, Notice::creditsAfter))
                .param("codes", array("text", notices, Notice::reasonCode))
                .update();
    }

    /** Records an acceptance. All rows of the entry in this range were in the message. */
    void accepted(long position, long afterId, long lastId) {
        jdbc.sql("""
                        update credit_rollover_notices
                        set status = 'sent', accepted_at = clock_timestamp(), reason = null
                        where id > :afterId and id <= :lastId and channel = 'webhook' and address = :address
                          and accepted_at is null
                        """)
                .param("afterId", afterId)
                .param("lastId", lastId)
                .param("address", ADDRESS + position)
                .update();
    }

    /** Returns {@code sent}, {@code handed-over} or {@code open} for each id that is sent or planned. */
    Map<Long, String> states(Collection<Long> ids) {
        Map<Long, String> states = new HashMap<>();
        jdbc.sql("""
                        select id, case when status = 'sent' then 'sent' when address is null then 'open'
                                        else 'handed-over' end as state
                        from credit_rollover_notices
                        where id = any (:ids::bigint[]) and status in ('planned', 'sent')
                        """).param("ids", ids(ids)).query(rs -> {
            states.put(rs.getLong("id"), rs.getString("state"));
        });
        return states;
    }

    private static SqlArrayValue ids(Collection<Long> ids) {
        return new SqlArrayValue("int8", ids.toArray());
    }

    private static SqlArrayValue array(String type, List<Notice> notices, Function<Notice, Object> column) {
        return new SqlArrayValue(type, notices.stream().map(column).toArray());
    }
}
