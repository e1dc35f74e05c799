package io.creditrollover.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every page and every reading of the API, with a million users: how long it takes, and how many rows of the host it reads. */
final class PageTimes {
    private static final int USERS = 1_000_000;
    /** A session of PostgreSQL hands its counts over within ten seconds of its last statement. */
    private static final long COUNTS_ARE_LATE_MILLIS = 12_000;

    private final JdbcTemplate jdbc;
    private final ServedPages pages;

    private PageTimes(JdbcTemplate jdbc, ServedPages pages) {
        this.jdbc = jdbc;
        this.pages = pages;
    }

    private record Rows(long scans, long rows) {}

    /** Prints a table. Fails where a table of the host is scanned. */
    static void measure(Server server, String database) throws Exception {
        JdbcTemplate jdbc = server.jdbc(database);
        moreUsers(jdbc);
        try (ServedPages pages = ServedPages.of(server, database)) {
            new PageTimes(jdbc, pages).measure();
        }
    }

    /** The others hold no credits and have paid once, long ago. */
    private static void moreUsers(JdbcTemplate jdbc) {
        jdbc.update("""
                insert into users (phone_number, name, credits, created_at)
                select '+91' || (6000000000 + n), 'User ' || n, 0, '2015-01-01'
                from generate_series((select count(*) + 1 from users), ?) n
                """, USERS);
        // With the statistics of before, the next statement would read all payments for each of them.
        jdbc.execute("vacuum (analyze) users");
        jdbc.update("""
                insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select u.id, u.phone_number, 'monthly', 29900, 50, 'paid', '2016-01-01'
                from users u where u.credits = 0 and not exists (select from payments p where p.user_id = u.id)
                """);
        jdbc.execute("vacuum (analyze) payments");
    }

    private void measure() throws Exception {
        // A forecast reads all users, once for everybody and not for a page.
        pages.seconds("/admin/forecast");
        Thread.sleep(COUNTS_ARE_LATE_MILLIS);
        Rows before = host();
        List<String> paths = paths();
        System.out.println("\n| page or reading | ms, median of nine |\n|---|---:|");
        for (String path : paths) {
            System.out.printf(Locale.ROOT, "| `%s` | %.1f |%n", path, 1_000 * pages.median(path));
        }
        Thread.sleep(COUNTS_ARE_LATE_MILLIS);
        Rows after = host();
        System.out.printf(
                Locale.ROOT,
                "%d pages and readings, %d scans of users or payments, %d rows of them read%n",
                paths.size(),
                after.scans() - before.scans(),
                after.rows() - before.rows());
        if (after.scans() > before.scans()) {
            throw new IllegalStateException("a page scans a table of the host");
        }
    }

    private List<String> paths() {
        String live = jdbc.queryForObject("""
                select max(e.job_execution_id)::text from credit_rollover_runs r
                join credit_rollover_batch_job_execution e using (job_instance_id)
                where r.mode = 'live' and r.status = 'COMPLETED'
                """, String.class);
        String run = "/runs/" + live;
        String api = "/admin/rollovers/" + live;
        List<String> paths = new ArrayList<>(List.of("/", "/?year=2023", "/forecast", run, run + "/report"));
        paths.addAll(List.of(
                run + "/events",
                run + "/events?page=5000",
                run + "/events?action=expiry",
                run + "/events?reasonCode=WINDOW_ELAPSED&page=2000",
                run + "/events?user=12345"));
        paths.addAll(List.of("/users", "/users?id=12345", "/users?id=999999", "/skipped", "/audit", "/tokens"));
        paths.addAll(List.of("/admin/rollovers", api, api + "/events", api + "/events?action=expiry", api + "/report"));
        paths.addAll(List.of(api + "/report.html", "/admin/forecast", "/admin/users?query=12345"));
        paths.addAll(List.of(
                "/admin/users?query=%2B916000012345",
                "/admin/users?query=6000012345",
                "/admin/users?query=2345",
                "/admin/users?query=User",
                "/admin/users/12345/explain",
                "/admin/users/999999/explain",
                "/admin/events",
                "/admin/webhooks",
                "/admin/skips.csv",
                "/admin/audit.csv"));
        return paths;
    }

    private Rows host() {
        return jdbc.queryForObject("""
                select sum(seq_scan), sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
                from pg_stat_user_tables where relname in ('users', 'payments')
                """, (rs, row) -> new Rows(rs.getLong(1), rs.getLong(2)));
    }
}
