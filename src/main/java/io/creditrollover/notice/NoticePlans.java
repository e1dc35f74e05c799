package io.creditrollover.notice;

import io.creditrollover.decision.RolloverDecision;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Plans notices: one row for each user and channel, however often it is called. Each call is one transaction. */
@Component
class NoticePlans {
    private static final String EXPECTED = """
            from unnest(:users::bigint[], :before::int[], :after::int[], :codes::text[])
                     as d (user_id, credits_before, credits_after, reason_code),
                 unnest(:channels::text[]) as c (channel)
            where not exists (select from credit_rollover_notices n
                              where n.rollover_date = :date and n.user_id = d.user_id and n.kind = 'expiring'
                                and n.lead = :lead and n.channel = c.channel and n.status <> 'not-needed')
            """;

    /** A capped rollover is an expiry of a part. */
    private static final String RECORDED = """
            from credit_rollover_events e, unnest(:channels::text[]) as c (channel)
            where e.id = any (:events::bigint[])
            """;

    private final JdbcClient jdbc;

    NoticePlans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A user who renewed after one plan, and would lose credits again, is planned again under the same id. */
    int expiring(LocalDate date, String lead, List<String> channels, List<RolloverDecision> losses) {
        return bind("""
                        insert into credit_rollover_notices as old (user_id, rollover_date, kind, lead, channel,
                                                                   credits_before, credits_after, reason_code)
                        select d.user_id, :date, 'expiring', :lead, c.channel, d.credits_before, d.credits_after,
                               d.reason_code
                        """ + EXPECTED + """
                        on conflict (rollover_date, user_id, kind, lead, channel) do update
                        set status = 'planned', reason = null, credits_before = excluded.credits_before,
                            credits_after = excluded.credits_after, reason_code = excluded.reason_code
                        where old.status = 'not-needed'
                        """, date, lead, channels, losses).update();
    }

    /** Counts what {@link #expiring} would plan. */
    int countExpiring(LocalDate date, String lead, List<String> channels, List<RolloverDecision> losses) {
        return bind("select count(*) " + EXPECTED, date, lead, channels, losses)
                .query(Integer.class)
                .single();
    }

    /** Plans notices of events. */
    int recorded(List<Long> eventIds, List<String> channels) {
        return jdbc.sql("""
                        insert into credit_rollover_notices (user_id, rollover_date, kind, channel, credits_before,
                                                             credits_after, reason_code, event_id)
                        select e.user_id, e.rollover_date,
                               case when e.action in ('reversal', 'reinstatement') then 'reinstated' else 'expired' end,
                               c.channel, e.credits_before, e.credits_after, e.reason_code, e.id
                        """ + RECORDED + "on conflict do nothing")
                .param("events", new SqlArrayValue("int8", eventIds.toArray()))
                .param("channels", new SqlArrayValue("text", channels.toArray()))
                .update();
    }

    /** Ends planned notices of a farther lead, or of a date whose cut-off has passed. */
    int supersede(LocalDate next, String lead) {
        return jdbc.sql("""
                        update credit_rollover_notices
                        set status = 'superseded',
                            reason = case when rollover_date < :next then 'The cut-off has passed.'
                                          else 'A nearer notice is due.' end
                        where status = 'planned' and kind = 'expiring'
                          and (rollover_date < :next or (rollover_date = :next and lead <> :lead and :lead <> ''))
                        """).param("next", next).param("lead", lead).update();
    }

    private JdbcClient.StatementSpec bind(
            String sql, LocalDate date, String lead, List<String> channels, List<RolloverDecision> losses) {
        return jdbc.sql(sql)
                .param("date", date)
                .param("lead", lead)
                .param("channels", new SqlArrayValue("text", channels.toArray()))
                .param("users", array("int8", losses, RolloverDecision::userId))
                .param("before", array("int4", losses, RolloverDecision::creditsBefore))
                .param("after", array("int4", losses, RolloverDecision::creditsAfter))
                .param("codes", array("text", losses, loss -> loss.reasonCode().name()));
    }

    private static SqlArrayValue array(
            String type, List<RolloverDecision> losses, Function<RolloverDecision, Object> column) {
        return new SqlArrayValue(type, losses.stream().map(column).toArray());
    }
}
