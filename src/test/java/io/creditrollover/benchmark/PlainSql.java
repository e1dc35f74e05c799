package io.creditrollover.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
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

    static final String SEEDS_TABLE = "plain SQL, the seed's table";
    static final String OUR_TABLE = "plain SQL: INSERT, then UPDATE";

    private static final String UPDATE = """
            update users u set credits = e.credits_after from credit_rollover_events e
            where e.{key} and e.user_id = u.id and e.credits_after < e.credits_before
            """;

    /** The columns that the seed has. */
    private static final String SEEDS_EVENTS = """
            insert into credit_rollover_events
                (user_id, phone_number, rollover_date, credits_before, credits_after, action, eligible_plan_type, reason)
            select user_id, phone_number, '{date}', credits, case when stays then credits else 0 end,
                   case when stays then 'rollover' else 'expiry' end, case when stays then plan_type end, {reason}
            """;

    private static final String REASON = """
            case when payment_id is null then 'No paid payment before {date}.'
                        else 'Last payment was ' || plan_type || ' on '
                             || to_char(paid_at at time zone 'Asia/Kolkata', 'YYYY-MM-DD')
                             || case when stays then ', within the window.'
                                     when plan_type in ('monthly', 'power') then ', before the window since {since}.'
                                     else ', which does not roll over.' end end""";

    private static final String EVENTS = """
            insert into credit_rollover_events
                (user_id, phone_number, rollover_date, credits_before, credits_after, action, eligible_plan_type, reason,
                 run_id, reason_code, payment_id, paid_at, credits_protected)
            select user_id, phone_number, '{date}', credits, case when stays then credits else 0 end,
                   case when stays then 'rollover' else 'expiry' end, case when stays then plan_type end,
                   {reason},
                   1, case when stays then 'ELIGIBLE_PLAN' when payment_id is null then 'NO_PAYMENT'
                           when plan_type in ('monthly', 'power') then 'WINDOW_ELAPSED'
                           else 'PLAN_NOT_ELIGIBLE' end,
                   payment_id, paid_at, 0
            """;

    private final String name;
    private final @Nullable String table;
    private final List<String> statements;

    private PlainSql(String name, @Nullable String table, List<String> statements) {
        this.name = name;
        this.table = table;
        this.statements = statements;
    }

    /** Events from the decisions, then balances from the events. */
    static PlainSql insertThenUpdate() {
        return inTwo(OUR_TABLE, null);
    }

    /** The same rows under the seed's foreign key and collation. */
    static PlainSql onTheSeedsTable() {
        return inTwo(SEEDS_TABLE, "benchmark/seeds-table.sql");
    }

    private static PlainSql inTwo(String name, @Nullable String table) {
        return new PlainSql(
                name, table, List.of(EVENTS + "from (" + DECIDED + ") d", UPDATE.replace("{key}", "run_id = 1")));
    }

    /** Less than the others do: the seed's columns and indexes alone, without evidence or a guard against a second event. */
    static PlainSql onTheSeedsColumns() {
        return new PlainSql(
                "plain SQL, the seed's columns only",
                "benchmark/seeds-columns.sql",
                List.of(
                        SEEDS_EVENTS + "from (" + DECIDED + ") d",
                        UPDATE.replace("{key}", "rollover_date = '{date}'")));
    }

    /** Decisions, balances and events in one statement. */
    static PlainSql oneStatement() {
        return new PlainSql(
                "plain SQL: one statement with CTEs",
                null,
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
    public void prepare(Server server, String database) throws Exception {
        if (table != null) {
            JdbcTemplate jdbc = server.jdbc(database);
            jdbc.execute(new ClassPathResource(table).getContentAsString(StandardCharsets.UTF_8));
            jdbc.execute("checkpoint");
        }
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
        return sql.replace("{reason}", REASON)
                .replace("{cutoff}", HostData.cutoff())
                .replace(
                        "{window}",
                        since.atStartOfDay(HostData.ZONE).toOffsetDateTime().toString())
                .replace("{since}", since.toString())
                .replace("{date}", HostData.DATE.toString());
    }
}
