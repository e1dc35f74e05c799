package io.creditrollover.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A notice to a user.
 *
 * @param kind {@code expiring}, {@code expired} or {@code reinstated}
 * @param lead time before the cut-off, such as P7D; empty after a run
 * @param status {@code planned}, {@code sent}, {@code not-needed}, {@code refused}, {@code skipped} or {@code superseded}
 * @param at acceptance, else planning
 * @param address masked; empty if none was tried, or after an erasure
 * @param reason why it was not sent; empty otherwise
 */
public record AcceptedNotice(
        LocalDate rolloverDate,
        String kind,
        String lead,
        String channel,
        String status,
        int credits,
        Instant at,
        String address,
        String reason) {
    private static final int MAX = 50;

    /**
     * Returns the latest notices of a user, latest first; of one rollover date, or of all for null. Jumps from date to date
     * in the primary key, because it begins with the date.
     */
    static List<AcceptedNotice> of(JdbcClient jdbc, long userId, @Nullable LocalDate date) {
        return jdbc.sql("""
                        with recursive dates (rollover_date) as (
                            (select rollover_date from credit_rollover_notices order by rollover_date limit 1)
                            union all
                            select (select t.rollover_date from credit_rollover_notices t
                                    where t.rollover_date > dates.rollover_date order by t.rollover_date limit 1)
                            from dates where dates.rollover_date is not null)
                        select n.rollover_date, n.kind, n.lead, n.channel, n.status,
                               abs(n.credits_before - n.credits_after) as credits,
                               coalesce(n.accepted_at, n.planned_at) as at,
                               case when n.address like '%@%' then regexp_replace(n.address, '(.).*(@.*)', '\\1***\\2') else '' end
                                   as address,
                               coalesce(n.reason, '') as reason
                        from dates d join credit_rollover_notices n
                          on n.rollover_date = d.rollover_date and n.user_id = :userId
                        where :date::date is null or n.rollover_date = :date
                        order by at desc, n.id desc limit :max
                        """)
                .param("userId", userId)
                .param("date", date)
                .param("max", MAX)
                .query((rs, row) -> new AcceptedNotice(
                        rs.getObject("rollover_date", LocalDate.class),
                        rs.getString("kind"),
                        rs.getString("lead"),
                        rs.getString("channel"),
                        rs.getString("status"),
                        rs.getInt("credits"),
                        rs.getObject("at", OffsetDateTime.class).toInstant(),
                        rs.getString("address"),
                        rs.getString("reason")))
                .list();
    }

    /** Returns one sentence, with the moment in UTC. */
    public String sentence() {
        String what = kind + (lead.isEmpty() ? "" : " " + lead) + " notice about " + credits + " credits, " + channel
                + (address.isEmpty() ? "" : " to " + address);
        return at + " " + what + ": " + status.replace('-', ' ') + (reason.isEmpty() ? "" : ". " + reason);
    }
}
