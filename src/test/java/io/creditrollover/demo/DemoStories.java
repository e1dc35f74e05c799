package io.creditrollover.demo;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Shows the result of a run. Everything is read from the stored events; nothing is decided here. */
final class DemoStories {
    private static final String BAR = "#".repeat(50);

    /** Examples: a caption, and how to find one decided user for it. */
    private static final List<Role> ROLES = List.of(
            new Role("Paid in time: everything rolls over.", """
                    e.reason_code = 'ELIGIBLE_PLAN' and e.eligible_plan_type = 'monthly' order by e.credits_before desc, e.id
                    """),
            new Role("A starter top-up after the power plan, in the same month: the last payment counts.", """
                    e.reason_code = 'PLAN_NOT_ELIGIBLE'
                      and exists (select from payments p where p.user_id = e.user_id and p.payment_status = 'paid'
                                    and p.plan_type = 'power' and p.created_at >= r.cutoff - interval '30 days'
                                    and p.created_at < e.paid_at)
                    order by e.credits_before desc, e.id
                    """),
            new Role("Paid just before the window began.", """
                    e.reason_code = 'WINDOW_ELAPSED' order by e.paid_at desc, e.credits_before desc, e.id
                    """),
            new Role("Renewed in the first hours of the new month, before the run: everything rolls over.", """
                    e.reason_code = 'RENEWED_AFTER_CUTOFF' order by e.credits_before desc, e.id
                    """),
            new Role("Bought credits in the new month: only the old ones expire.", """
                    e.action = 'expiry' and e.credits_after > 0 order by e.credits_before - e.credits_after desc, e.id
                    """),
            new Role("The payment of the last month was refunded.", """
                    e.action = 'expiry' and exists (select from payments p
                        where p.user_id = e.user_id and p.payment_status = 'refunded'
                          and p.created_at >= r.cutoff - interval '30 days' and p.created_at < r.cutoff)
                    order by e.credits_before desc, e.id
                    """));

    private final JdbcClient jdbc;
    private final DemoTerminal terminal;
    private final DateTimeFormatter day;

    DemoStories(DemoDatabase database, DemoTerminal terminal, ZoneId zone) {
        this.jdbc = JdbcClient.create(database.dataSource());
        this.terminal = terminal;
        this.day = DateTimeFormatter.ofPattern("ppd MMM HH:mm", Locale.ENGLISH).withZone(zone);
    }

    private record Role(String caption, String condition) {}

    private record Person(long userId, String name, String phone, int before, int after, String reason) {}

    private record Case(
            String name,
            int credits,
            @Nullable Integer before,
            @Nullable Integer after,
            @Nullable String reason) {}

    void reasons() {
        terminal.heading("Users by reason");
        terminal.line("  %-63s %8s %10s %10s", "", "users", "credits", "left");
        jdbc.sql("""
                        select action, reason_code, eligible_plan_type as plan, count(*) as users,
                               sum(credits_before) as before, sum(credits_after) as after
                        from credit_rollover_events group by 1, 2, 3
                        union all
                        select 'skipped', reason_code, null, count(*), sum(u.credits), sum(u.credits)
                        from credit_rollover_skips s join users u on u.id = s.user_id group by 2
                        order by 1 desc, 4 desc
                        """)
                .query((rs, row) -> List.<Object>of(
                        verdict(rs.getString("action")),
                        inWords(rs.getString("reason_code"), rs.getString("plan")),
                        rs.getLong("users"),
                        rs.getLong("before"),
                        rs.getLong("after")))
                .list()
                .forEach(line -> terminal.styled("  %s  %-49s %,8d %,10d %,10d", line.toArray()));
    }

    void shares() {
        jdbc.sql("""
                        select sum(credits_after) as kept, sum(credits_before - credits_after) as lost
                        from credit_rollover_events
                        """)
                .query((rs, row) -> {
                    share("rolled over", rs.getLong("kept"), rs.getLong("kept") + rs.getLong("lost"));
                    share("expired    ", rs.getLong("lost"), rs.getLong("kept") + rs.getLong("lost"));
                    return row;
                })
                .list();
    }

    private void share(String what, long credits, long all) {
        int length = (int) Math.round(50.0 * credits / Math.max(1, all));
        String colour = what.equals("rolled over") ? "green" : "red";
        terminal.styled(
                "  %s %,9d credits  @|%s %s|@ %d%%",
                what, credits, colour, BAR.substring(0, length), Math.round(100.0 * credits / Math.max(1, all)));
    }

    void people() {
        terminal.heading("Some of these users");
        for (Role role : ROLES) {
            person(role).ifPresent(person -> {
                terminal.styled("  @|bold %s|@", role.caption());
                terminal.line(
                        "    %s, phone %s: had %d, %s", person.name(), person.phone(), person.before(), fate(person));
                payments(person.userId()).forEach(payment -> terminal.line("      %s", payment));
                terminal.paragraph("      ", "\"" + person.reason() + "\"");
                terminal.line("");
            });
        }
    }

    private static String fate(Person person) {
        return person.after() == person.before()
                ? person.after() + " rolled over"
                : person.after() == 0 ? "all expired" : person.after() + " of them remain";
    }

    private Optional<Person> person(Role role) {
        return jdbc.sql("""
                        select u.id as user_id, u.name, repeat('*', 6) || right(e.phone_number, 4) as phone,
                               e.credits_before as before, e.credits_after as after, e.reason
                        from credit_rollover_events e
                             join users u on u.id = e.user_id
                             join credit_rollover_runs r on r.id = e.run_id
                        where u.name not like 'Case %%' and e.credits_before > 7 and %s limit 1
                        """.formatted(role.condition())).query(Person.class).optional();
    }

    /** The last payments, the latest at the end. */
    private List<String> payments(long userId) {
        return jdbc.sql("""
                        select * from (select * from payments where user_id = :userId and created_at is not null
                                       order by created_at desc, id desc limit 3) as latest
                        order by created_at, id
                        """).param("userId", userId).query(this::payment).list();
    }

    private String payment(ResultSet rs, int row) throws SQLException {
        return String.format(
                Locale.ROOT,
                "%-12s  %-8s  INR %3d  +%3d credits  %s",
                day.format(rs.getObject("created_at", OffsetDateTime.class)),
                rs.getString("plan_type"),
                rs.getInt("amount") / 100,
                rs.getInt("credits_added"),
                rs.getString("payment_status"));
    }

    void workedCases() {
        terminal.heading("The worked cases of docs/rule.md, and two undecidable ones");
        terminal.line("  %6s  %6s", "before", "after");
        jdbc.sql("""
                        select u.name, u.credits, e.credits_before as before, e.credits_after as after,
                               coalesce(e.reason, s.reason) as reason
                        from users u
                             left join credit_rollover_events e on e.user_id = u.id
                             left join credit_rollover_skips s on s.user_id = u.id
                        where u.name like 'Case %' or u.name like 'Doubt %' order by u.name
                        """).query(Case.class).list().forEach(this::workedCase);
    }

    private void workedCase(Case worked) {
        if (worked.before() != null && worked.after() != null) {
            terminal.styled(
                    "  %6d  @|%s %6d|@  %s",
                    worked.before(), worked.after() > 0 ? "green" : "red", worked.after(), worked.name());
        } else {
            terminal.styled("  %6d  @|yellow %6d|@  %s", worked.credits(), worked.credits(), worked.name());
        }
        String reason = worked.reason() == null
                ? "Not decided: the user signed up after the end of the month."
                : worked.before() == null ? "Skipped, balance unchanged: " + worked.reason() : worked.reason();
        terminal.paragraph(" ".repeat(18), reason);
    }

    private static String verdict(String action) {
        return switch (action) {
            case "rollover" -> "@|green rolled over|@";
            case "expiry" -> "@|red expired    |@";
            default -> "@|yellow skipped    |@";
        };
    }

    private static String inWords(String reasonCode, @Nullable String plan) {
        return switch (reasonCode) {
            case "ELIGIBLE_PLAN" -> "last paid for the " + plan + " plan, within its window";
            case "CAPPED" -> "only a part, by the terms of the " + plan + " plan";
            case "RENEWED_AFTER_CUTOFF" -> "renewed " + plan + " before the run";
            case "PURCHASED_AFTER_CUTOFF" -> "all bought in the new month";
            case "NO_PAYMENT" -> "never paid";
            case "PLAN_NOT_ELIGIBLE" -> "last paid for a plan that does not roll over";
            case "WINDOW_ELAPSED" -> "last paid too long ago";
            case "PAYMENT_DATE_UNUSABLE" -> "undecidable: a payment has no usable date";
            case "PLAN_UNKNOWN" -> "undecidable: paid for an unknown plan";
            default -> reasonCode;
        };
    }
}
