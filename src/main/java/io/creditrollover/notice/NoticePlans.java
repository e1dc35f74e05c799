package io.creditrollover.notice;

import io.creditrollover.decision.RolloverDecision;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Plans notices: one row for each user and channel, however often it is called. Each call is one transaction. */
@Component
class NoticePlans {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    NoticePlans(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @param id of its row; null for a new one */
    private record Plan(
            RolloverDecision loss, String channel, @Nullable Long id) {}

    private record Present(long id, long userId, String channel, String status) {}

    /**
     * Plans the losses of a page of users, by id. Who renewed after one plan, and would lose credits again, is planned
     * again under the same id.
     *
     * <p>Commits asynchronously: a plan that is lost with the server is planned again. Before something is sent, the plans
     * must be durable ({@link io.creditrollover.lease.HeldLease#confirm}), or it could come again under another id.
     */
    int expiring(LocalDate date, String lead, List<String> channels, List<RolloverDecision> losses) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("set local synchronous_commit = off").update();
            Map<Boolean, List<Plan>> plans = plans(date, lead, channels, losses).stream()
                    .collect(Collectors.partitioningBy(plan -> plan.id() == null));
            return insert(date, lead, plans.getOrDefault(true, List.of()))
                    + planAgain(plans.getOrDefault(false, List.of()));
        }));
    }

    /** Counts what {@link #expiring} would plan. */
    int countExpiring(LocalDate date, String lead, List<String> channels, List<RolloverDecision> losses) {
        return plans(date, lead, channels, losses).size();
    }

    private List<Plan> plans(LocalDate date, String lead, List<String> channels, List<RolloverDecision> losses) {
        Map<Long, List<Present>> present = present(date, lead, losses);
        List<Plan> plans = new ArrayList<>();
        for (RolloverDecision loss : losses) {
            List<Present> ofUser = present.getOrDefault(loss.userId(), List.of());
            for (String channel : channels) {
                Present row = ofUser.stream()
                        .filter(one -> one.channel().equals(channel))
                        .findFirst()
                        .orElse(null);
                if (row == null || row.status().equals("not-needed")) {
                    plans.add(new Plan(loss, channel, row == null ? null : row.id()));
                }
            }
        }
        return plans;
    }

    /** One range of the primary key. Asked by users, the planner would read the growing table for each page. */
    private Map<Long, List<Present>> present(LocalDate date, String lead, List<RolloverDecision> losses) {
        return jdbc
                .sql("""
                        select id, user_id, channel, status from credit_rollover_notices
                        where rollover_date = :date and user_id between :first and :last
                          and kind = 'expiring' and lead = :lead
                        """)
                .param("date", date)
                .param("first", losses.get(0).userId())
                .param("last", losses.get(losses.size() - 1).userId())
                .param("lead", lead)
                .query(Present.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Present::userId));
    }

    private int insert(LocalDate date, String lead, List<Plan> plans) {
        if (plans.isEmpty()) {
            return 0;
        }
        return facts(jdbc.sql("""
                        insert into credit_rollover_notices (user_id, rollover_date, kind, lead, channel,
                                                             credits_before, credits_after, reason_code)
                        select d.user_id, :date, 'expiring', :lead, d.channel, d.credits_before, d.credits_after,
                               d.reason_code
                        from unnest(:users::bigint[], :channels::text[], :before::int[], :after::int[], :codes::text[])
                                 as d (user_id, channel, credits_before, credits_after, reason_code)
                        on conflict do nothing
                        """), plans)
                .param("date", date)
                .param("lead", lead)
                .param("users", array("int8", plans, plan -> plan.loss().userId()))
                .param("channels", array("text", plans, Plan::channel))
                .update();
    }

    private int planAgain(List<Plan> plans) {
        if (plans.isEmpty()) {
            return 0;
        }
        return facts(jdbc.sql("""
                        update credit_rollover_notices n
                        set status = 'planned', reason = null, credits_before = d.credits_before,
                            credits_after = d.credits_after, reason_code = d.reason_code
                        from unnest(:ids::bigint[], :before::int[], :after::int[], :codes::text[])
                                 as d (id, credits_before, credits_after, reason_code)
                        where n.id = d.id and n.status = 'not-needed'
                        """), plans)
                .param("ids", array("int8", plans, Plan::id))
                .update();
    }

    /**
     * Plans notices of events. A capped rollover is an expiry of a part.
     *
     * <p>A month that runs again after an undo expires again. Who was not told of the first expiry is told of the second,
     * under the same id. Who was told is not told twice.
     */
    int recorded(List<Long> eventIds, List<String> channels) {
        return jdbc.sql("""
                        insert into credit_rollover_notices as n (user_id, rollover_date, kind, channel, credits_before,
                                                                  credits_after, reason_code, event_id)
                        select e.user_id, e.rollover_date,
                               case when e.action in ('reversal', 'reinstatement') then 'reinstated' else 'expired' end,
                               c.channel, e.credits_before, e.credits_after, e.reason_code, e.id
                        from credit_rollover_events e, unnest(:channels::text[]) as c (channel)
                        where e.id = any (:events::bigint[])
                        on conflict (rollover_date, user_id, kind, lead, channel) do update
                        set status = 'planned', reason = null, address = null, event_id = excluded.event_id,
                            credits_before = excluded.credits_before, credits_after = excluded.credits_after,
                            reason_code = excluded.reason_code
                        where n.status in ('planned', 'not-needed', 'skipped') and n.event_id <> excluded.event_id
                          and exists (select from credit_rollover_events v where v.reverses = n.event_id)
                        """)
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

    private static JdbcClient.StatementSpec facts(JdbcClient.StatementSpec statement, List<Plan> plans) {
        return statement
                .param("before", array("int4", plans, plan -> plan.loss().creditsBefore()))
                .param("after", array("int4", plans, plan -> plan.loss().creditsAfter()))
                .param(
                        "codes",
                        array("text", plans, plan -> plan.loss().reasonCode().name()));
    }

    private static SqlArrayValue array(String type, List<Plan> plans, Function<Plan, @Nullable Object> column) {
        return new SqlArrayValue(type, plans.stream().map(column).toArray());
    }
}
