package io.creditrollover.notice;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Planned notices and their results. */
@Component
class NoticeRows {
    private final JdbcClient jdbc;

    NoticeRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the next planned notices by id; of one date, or of all for null. */
    List<PlannedNotice> next(String channel, @Nullable LocalDate date, long afterId, int limit) {
        return jdbc.sql("""
                        select * from credit_rollover_notices
                        where channel = :channel and status = 'planned' and id > :after
                          and (:date::date is null or rollover_date = :date)
                        order by id limit :limit
                        """)
                .param("channel", channel)
                .param("date", date)
                .param("after", afterId)
                .param("limit", limit)
                .query(PlannedNotice::of)
                .list();
    }

    long countPlanned(String channel, @Nullable LocalDate date) {
        return jdbc.sql("""
                        select count(*) from credit_rollover_notices
                        where channel = :channel and status = 'planned'
                          and (:date::date is null or rollover_date = :date)
                        """)
                .param("channel", channel)
                .param("date", date)
                .query(Long.class)
                .single();
    }

    /** Records why nothing is sent any more. */
    void close(List<Closed> closed) {
        if (!closed.isEmpty()) {
            jdbc.sql("""
                            update credit_rollover_notices n set status = c.status, reason = c.reason
                            from unnest(:ids::bigint[], :statuses::text[], :reasons::text[]) as c (id, status, reason)
                            where n.id = c.id and n.status = 'planned'
                            """)
                    .param("ids", array("int8", closed, Closed::noticeId))
                    .param("statuses", array("text", closed, Closed::status))
                    .param("reasons", array("text", closed, Closed::reason))
                    .update();
        }
    }

    /** @param status {@code not-needed} or {@code skipped} */
    record Closed(long noticeId, String status, String reason) {}

    /**
     * Records results, with the facts that were told. The database's clock dates the acceptance, never too early. What is
     * handed over to a webhook keeps its facts.
     */
    void record(List<Notice> notices, List<SendResult> results) {
        jdbc.sql("""
                        update credit_rollover_notices n
                        set status = case r.outcome when 'ACCEPTED' then 'sent' when 'REFUSED' then 'refused'
                                                    when 'SKIPPED' then 'skipped' else n.status end,
                            accepted_at = case when r.outcome = 'ACCEPTED' then clock_timestamp() end,
                            address = coalesce(r.address, n.address), reason = r.reason, attempts = n.attempts + 1
                        from unnest(:ids::bigint[], :outcomes::text[], :addresses::text[], :reasons::text[])
                                 as r (id, outcome, address, reason)
                        where n.id = r.id and n.accepted_at is null
                        """)
                .param("ids", array("int8", results, SendResult::noticeId))
                .param("outcomes", array("text", results, result -> result.outcome()
                        .name()))
                .param("addresses", array("text", results, SendResult::address))
                .param("reasons", array("text", results, SendResult::reason))
                .update();
        jdbc.sql("""
                        update credit_rollover_notices n
                        set credits_before = t.before, credits_after = t.after, reason_code = t.code
                        from unnest(:ids::bigint[], :before::int[], :after::int[], :codes::text[])
                                 as t (id, before, after, code)
                        where n.id = t.id and n.channel <> 'webhook'
                          and (n.credits_before, n.credits_after, n.reason_code) is distinct from (t.before, t.after, t.code)
                        """)
                .param("ids", array("int8", notices, Notice::id))
                .param("before", array("int4", notices, Notice::creditsBefore))
                .param("after", array("int4", notices, Notice::creditsAfter))
                .param("codes", array("text", notices, Notice::reasonCode))
                .update();
    }

    private static <T> SqlArrayValue array(String type, List<T> rows, Function<T, @Nullable Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }
}
