package io.creditrollover.schema;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RolloverService;
import java.util.ArrayList;
import java.util.List;

/**
 * Two completed months and a third that failed in the middle; then some users turn out to have paid for the second. What an
 * operator does next is the same before and after an upgrade, and so is its result.
 */
final class MonthsOfRuns {
    private static final int USERS = 100;

    private MonthsOfRuns() {}

    static TestDatabase made() throws InterruptedException {
        TestDatabase database = TestDatabase.migrated();
        HostFixture host = HostFixture.in(database);
        host.on(host.date().minusMonths(2)).manyUsers(USERS);
        host.manyUsers(USERS);
        try (TestApplication product = TestApplication.on(database, "rollover.chunk-size=10", "rollover.threads=1")) {
            for (int back = 2; back > 0; back--) {
                product.bean(RolloverService.class)
                        .run(TestApplication.request(host.date().minusMonths(back), false, "a test", new StopSignal()));
                database.execute("update users set credits = credits + 20");
            }
            Obstacles.in(database).refuseEventOf(USERS + USERS / 2);
            product.run();
            Obstacles.in(database).clear();
        }
        return database.execute("""
                insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select u.id, u.phone_number, 'monthly', 29900, 50, 'paid', r.cutoff - interval '5 days'
                from credit_rollover_runs r join credit_rollover_events e on e.run_id = r.id join users u on u.id = e.user_id
                where e.action = 'expiry' and mod(u.id, 2) = 0 and r.rollover_date = date '%s'
                """.formatted(host.date().minusMonths(1)));
    }

    /** Finishes the month that failed, looks at the one before again, undoes the oldest; returns all that it left. */
    static List<String> nextSteps(Cli cli, TestDatabase database) {
        HostFixture host = HostFixture.in(database);
        List<String> result = new ArrayList<>();
        for (String[] command : new String[][] {
            {"restart", execution(database, 0), "--json"},
            {"second-look", "--date", host.date().minusMonths(1).toString(), "--json"},
            {"undo", execution(database, 2), "--reason=a test", "--force", "--json"},
            {"report", execution(database, 1), "--json"}
        }) {
            Cli.Result ended = cli.run(command);
            // Runs of versions before 7 have not stored which tables they read.
            if (ended.out().contains("did not store which tables it read")) {
                ended = cli.run(command[0], command[1], "--approve=upgraded", "--json");
            }
            result.add(command[0] + " " + ended.exitCode() + " "
                    + ended.json().path("status").asString("") + " "
                    + ended.json().path("error").asString(""));
        }
        result.addAll(left(database));
        return result;
    }

    private static String execution(TestDatabase database, int monthsBack) {
        String table =
                database.count("select count(*) from pg_class where relname = 'credit_rollover_batch_job_execution'")
                                > 0
                        ? "credit_rollover_batch_job_execution"
                        : "batch_job_execution";
        return database.jdbc()
                .sql("select max(job_execution_id)::text from " + table
                        + " join credit_rollover_runs r using (job_instance_id)"
                        + " where rollover_date = (select max(rollover_date) from credit_rollover_runs)"
                        + " - make_interval(months => " + monthsBack + ")")
                .query(String.class)
                .single();
    }

    private static List<String> left(TestDatabase database) {
        return database.jdbc().sql("""
                        select format('run %s %s %s: %s expired, %s credits', rollover_date, mode, status,
                                      users_expired, credits_expired)
                        from credit_rollover_runs
                        union all
                        select format('user %s %s: %s', u.id, u.credits,
                                      (select string_agg(format('%s %s %s %s', action, reason_code, credits_before,
                                                                credits_after), ', ' order by e.id)
                                       from credit_rollover_events e where e.user_id = u.id))
                        from users u
                        order by 1
                        """).query(String.class).list();
    }
}
