package io.creditrollover.benchmark;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * The same users and payments for every contender: made once for each size, kept as a template, and copied before each
 * run. Three paid payments each, stored in the order in which they were made, all before the cut-off; about three users in
 * four lose their credits.
 */
final class HostData {
    static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    static final LocalDate DATE = LocalDate.now(ZONE).withDayOfMonth(1);

    private static final String WORK = "benchmark_work";

    private final Server server;
    private final int users;

    HostData(Server server, int users) {
        this.server = server;
        this.users = users;
    }

    static String cutoff() {
        return DATE.atStartOfDay(ZONE).toOffsetDateTime().toString();
    }

    /** Makes the product's tables in a database. */
    interface Migration {
        void of(String database) throws Exception;
    }

    /**
     * Makes the template where it is not there yet, with the packaged program. A dry run comes before the first live run,
     * as in the README; it counts the payments of earlier months, once for an installation.
     */
    void prepare() throws Exception {
        prepare(database -> {
            ThisJob.command(server.url(database), List.of(), "migrate");
            ThisJob.command(server.url(database), List.of(), "run", "--dry-run", "--date", DATE.toString());
        });
    }

    void prepare(Migration migration) throws Exception {
        JdbcTemplate jdbc = server.jdbc("postgres");
        String template = template();
        if (jdbc.queryForList("select datname from pg_database where datname = ?", String.class, template)
                .isEmpty()) {
            jdbc.execute("drop database if exists benchmark_making");
            jdbc.execute("create database benchmark_making");
            make(server.jdbc("benchmark_making"));
            migration.of("benchmark_making");
            server.jdbc("benchmark_making").execute("vacuum (freeze, analyze)");
            jdbc.execute("alter database benchmark_making rename to " + template);
        }
    }

    private String template() {
        return "benchmark_" + users + "_" + DATE.toString().replace('-', '_');
    }

    private void make(JdbcTemplate jdbc) throws Exception {
        try (var connection = jdbc.getDataSource().getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/host/host-tables.sql"));
        }
        jdbc.update("""
                insert into users (phone_number, name, credits, created_at)
                select '+91' || (6000000000 + (n * 7919::bigint) % 3999999979), 'User ' || n,
                       1 + (hashint8extended(n, 1) & 127)::int,
                       ?::timestamptz - interval '200 days' - (n % 500) * interval '1 day'
                from generate_series(1, ?) n
                """, cutoff(), users);
        jdbc.update("""
                insert into payments
                    (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select u.id, u.phone_number, p.plan_type, p.amount, p.credits, 'paid', x.at
                from (select id, hashint8extended(id, 10 + k) & 1023 as dice,
                             ?::timestamptz - interval '1 minute'
                               - (case when k > 1 then 31 * k
                                       when (hashint8extended(id, 5) & 1023) < 400 then 0
                                       else 31 end) * interval '1 day'
                               - ((hashint8extended(id, 20 + k) & 2147483647) % 2500000) * interval '1 second' as at
                      from users, generate_series(1, 3) k) x
                join users u using (id)
                join payment_plans p
                  on p.plan_type = case when dice < 400 then 'starter' when dice < 850 then 'monthly' else 'power' end
                order by x.at
                """, cutoff());
    }

    /** Returns the name of a database that is as the template was, with nothing left to write to disk. */
    String restore() {
        JdbcTemplate jdbc = server.jdbc("postgres");
        jdbc.execute("drop database if exists " + WORK + " with (force)");
        // As files: copied through the WAL, as 15 and later do by themselves, it would still be written beside the
        // contender.
        boolean asFiles = Boolean.TRUE.equals(
                jdbc.queryForObject("select current_setting('server_version_num')::int >= 150000", Boolean.class));
        jdbc.execute("create database " + WORK + " template " + template() + (asFiles ? " strategy file_copy" : ""));
        jdbc.execute("checkpoint");
        return WORK;
    }

    int users() {
        return users;
    }
}
