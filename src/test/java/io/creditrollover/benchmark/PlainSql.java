package io.creditrollover.benchmark;

import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The month as SQL in one transaction, the way somebody with a console would do it, and do it well. */
final class PlainSql implements Contender {
    private static final String DECIDED = """
            select u.id as user_id, u.phone_number, u.credits,
                   coalesce(l.plan_type in ('monthly', 'power') and l.created_at >= '{window}', false) as stays,
                   l.id as payment_id, l.plan_type, l.created_at as paid_at
            from users u
            left join (select distinct on (user_id) user_id, id, plan_type, created_at from payments
                       where payment_status = 'paid' and created_at < '{cutoff}'
                       order by user_id, created_at desc, id desc) l on l.user_id = u.id
            where u.credits > 0 and (u.created_at < '{cutoff}' or u.created_at is null)
            """;

    private static final String EVENTS = """
            insert into credit_rollover_events
                (user_id, phone_number, rollover_date, credits_before, credits_after, action, eligible_plan_type, reason,
                 run_id, reason_code, payment_id, paid_at, credits_protected)
            select user_id, phone_number, '{date}', credits, case when stays then credits else 0 end,
                   case when stays then 'rollover' else 'expiry' end, case when stays then plan_type end,
                   case when payment_id is null then 'No paid payment before {date}.'
                        else 'Last payment was ' || plan_type || ' on '
                             || to_char(paid_at at time zone 'Asia/Kolkata', 'YYYY-MM-DD')
                             || case when stays then ', within the window.'
                                     when plan_type in ('monthly', 'power') then ', before the window since {since}.'
                                     else ', which does not roll over.' end end,
                   1, case when stays then 'ELIGIBLE_PLAN' when payment_id is null then 'NO_PAYMENT'
                           when plan_type in ('monthly', 'power') then 'WINDOW_ELAPSED'
                           else 'PLAN_NOT_ELIGIBLE' end,
                   payment_id, paid_at, 0
            """;

    private final String name;
    private final List<String> statements;

    private PlainSql(String name, List<String> statements) {
        this.name = name;
        this.statements = statements;
    }

    /** Events from the decisions, then balances from the events. */
    static PlainSql insertThenUpdate() {
        return new PlainSql("plain SQL: INSERT, then UPDATE", List.of(EVENTS + "from (" + DECIDED + ") d", """
                        update users u set credits = e.credits_after from credit_rollover_events e
                        where e.run_id = 1 and e.user_id = u.id and e.credits_after < e.credits_before
                        """));
    }

    /** Decisions, balances and events in one statement. */
    static PlainSql oneStatement() {
        return new PlainSql(
                "plain SQL: one statement with CTEs",
                List.of("with decided as materialized (" + DECIDED + """
                ), taken as (
                    update users u set credits = 0 from decided d where u.id = d.user_id and not d.stays)
                """ + EVENTS + "from decided"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Took run(Server server, String database) {
        JdbcTemplate jdbc = server.jdbc(database);
        long start = System.nanoTime();
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(filled(sql));
                }
            }
            connection.commit();
            return null;
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Took(seconds, seconds, 0, 0);
    }

    private static String filled(String sql) {
        var since = HostData.DATE.minusMonths(1);
        return sql.replace("{cutoff}", HostData.cutoff())
                .replace(
                        "{window}",
                        since.atStartOfDay(HostData.ZONE).toOffsetDateTime().toString())
                .replace("{since}", since.toString())
                .replace("{date}", HostData.DATE.toString());
    }
}
