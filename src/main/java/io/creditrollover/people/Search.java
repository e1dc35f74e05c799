package io.creditrollover.people;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A search for numbers of deleted users, page by page, by an index. The names are rows of the positions. */
enum Search {
    /**
     * The users of events. Jumps from user to user in the index, so a page costs as many lookups as users, whatever the
     * number of months.
     */
    EVENTS("deleted-users-events", 1_000, """
            with recursive ids (user_id) as (
                (select user_id from credit_rollover_events where user_id >= :userId order by user_id limit 1)
                union all
                select (select e.user_id from credit_rollover_events e where e.user_id > ids.user_id
                        order by e.user_id limit 1)
                from ids where ids.user_id is not null)
            select 0 as run_id, p.user_id,
                   not exists (select from users u where u.id = p.user_id)
                   and exists (select from credit_rollover_events e
                               where e.user_id = p.user_id and e.phone_number is not null) as erasable
            from (select user_id from ids where user_id is not null and :runId = 0 limit :page) p
            order by p.user_id
            """),

    /** The users of dry runs, by the primary key. Most of them have events too. */
    DRY_RUNS("deleted-users-dry-runs", 5_000, """
            select p.run_id, p.user_id,
                   p.phone_number is not null and not exists (select from users u where u.id = p.user_id) as erasable
            from (select run_id, user_id, phone_number from credit_rollover_dry_run_decisions
                  where (run_id, user_id) >= (:runId, :userId)
                  order by run_id, user_id limit :page) p
            order by p.run_id, p.user_id
            """),

    /**
     * The users of notices, by the primary key; the run id is the number of the day. The address of a notice by webhook
     * names an entry of the feed, and is never erased.
     */
    NOTICES("deleted-users-notices", 5_000, """
            select p.rollover_date - date '1970-01-01' as run_id, p.user_id,
                   p.channel <> 'webhook' and p.address is not null
                   and not exists (select from users u where u.id = p.user_id) as erasable
            from (select rollover_date, user_id, channel, address from credit_rollover_notices
                  where (rollover_date, user_id) >= (date '1970-01-01' + (:runId)::int, :userId)
                  order by rollover_date, user_id limit :page) p
            order by p.rollover_date, p.user_id
            """);

    private final String positionName;
    private final int pageSize;
    private final String sql;

    Search(String positionName, int pageSize, String sql) {
        this.positionName = positionName;
        this.pageSize = pageSize;
        this.sql = sql;
    }

    /** @param erasable whether the host deleted the user and the number is still there */
    record Row(long runId, long userId, boolean erasable) {}

    /**
     * @param users to erase
     * @param next {@link Position#START} after the last page
     */
    record Page(int examined, List<Long> users, Position next) {}

    String sql() {
        return sql;
    }

    String positionName() {
        return positionName;
    }

    Page page(JdbcClient jdbc, Position from) {
        List<Row> rows = jdbc.sql(sql)
                .param("runId", from.runId())
                .param("userId", from.userId())
                .param("page", pageSize)
                .query(Row.class)
                .list();
        List<Long> users =
                rows.stream().filter(Row::erasable).map(Row::userId).distinct().toList();
        if (rows.size() < pageSize) {
            return new Page(rows.size(), users, Position.START);
        }
        Row last = rows.get(rows.size() - 1);
        return new Page(rows.size(), users, Position.after(last.runId(), last.userId()));
    }
}
