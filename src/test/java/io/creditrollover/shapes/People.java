package io.creditrollover.shapes;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.schema.GrantedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The few people of each host, with fixed ids in this order. Dates are relative to the current month's cut-off, {@code C};
 * {@code W} is a month before it.
 */
final class People {
    /** What each of them holds before the run. */
    static final Map<String, String> HELD = new LinkedHashMap<>();

    /** What each of them must hold after a run over tables that are as the contract says. */
    static final Map<String, String> RIGHT = new LinkedHashMap<>();

    private static final List<List<Object>> PAYMENTS = List.of(
            List.of("paying", "monthly", 50, "paid", "month"),
            List.of("topped", "starter", 10, "paid", "month"),
            List.of("lapsed", "monthly", 50, "paid", "longAgo"),
            List.of("renewed", "monthly", 50, "paid", "beforeW"),
            List.of("renewed", "monthly", 50, "paid", "C"),
            List.of("bought", "monthly", 50, "paid", "beforeW"),
            List.of("bought", "starter", 10, "paid", "C"),
            List.of("power", "power", 150, "paid", "month"),
            List.of("odd", "monthly", 50, "paid", "longAgo"),
            List.of("failing", "monthly", 50, "paid", "longAgo"),
            List.of("failing", "power", 150, "failed", "month"),
            List.of("waiting", "power", 150, "pending", "month"));

    static {
        person("paying", 40, 40);
        person("topped", 30, 0);
        person("lapsed", 25, 0);
        person("never", 10, 0);
        person("renewed", 90, 90);
        person("bought", 27, 10);
        person("power", 160, 160);
        person("newcomer", 5, 5);
        person("odd", 30, 0);
        person("failing", 35, 0);
        person("waiting", 33, 0);
    }

    private static final TestDatabase FRESH = filled(TestDatabase.fresh());

    private final TestDatabase database;
    private final HostFixture dates;

    private People(TestDatabase database) {
        this.database = database;
        this.dates = HostFixture.in(database);
    }

    private static void person(String name, int before, int after) {
        HELD.put(name, String.valueOf(before));
        RIGHT.put(name, String.valueOf(after));
    }

    /** Reads the rows of {@code host} at the current month's dates. */
    static Judge judge(TestDatabase database, RawHost host, Shape shape) {
        HostFixture dates = HostFixture.in(database);
        Set<String> known = new TreeSet<>(host.plans());
        known.addAll(shape.eligible());
        return new Judge(shape.eligible(), known, unpaid(shape), dates.cutoff(), dates.windowStart(), Instant.now());
    }

    private static Set<String> unpaid(Shape shape) {
        return shape.settings().stream()
                .filter(setting -> setting.startsWith("rollover.host.unpaid-statuses"))
                .flatMap(setting -> Arrays.stream(
                        setting.substring(setting.indexOf('=') + 1).split(",")))
                .collect(Collectors.toSet());
    }

    /** The host's tables with the people in them; with the roles of {@code db/grants} where one of these runs it. */
    static TestDatabase host(Shape shape) {
        TestDatabase database = shape.asBatchRole() ? Granted.FILLED.copy() : FRESH.copy();
        People people = new People(database);
        database.execute(shape.before());
        shape.pays().forEach(people::pay);
        return database.execute(people.replaced(shape.sql()));
    }

    private static TestDatabase filled(TestDatabase database) {
        People people = new People(database);
        HELD.forEach((name, credits) -> people.add(name, credits, name.equals("newcomer") ? "C" : "longAgo"));
        PAYMENTS.forEach(people::pay);
        return database;
    }

    private void add(String name, String credits, String since) {
        database.execute("""
                insert into public.users (phone_number, name, credits, created_at)
                select '+91990000' || lpad((count(*) + 1)::text, 4, '0'), '%s', %s, %s from public.users
                """.formatted(name, credits, at(since)));
    }

    /** Adds a payment: name, plan type, credits, status, date. A name that is new is a person with 30 credits. */
    private void pay(List<Object> payment) {
        String name = String.valueOf(payment.get(0));
        if (database.count("select count(*) from public.users where name = '" + name + "'") == 0) {
            add(name, "30", "longAgo");
        }
        database.execute("""
                insert into public.payments (user_id, phone_number, plan_type, amount, credits_added, payment_status,
                                             created_at)
                select id, phone_number, %s, 29900, %s, %s, %s from public.users where name = '%s'
                """.formatted(
                        quoted(payment.get(1)),
                        payment.get(2),
                        quoted(payment.get(3)),
                        at(payment.get(4) == null ? null : String.valueOf(payment.get(4))),
                        name));
    }

    private static String quoted(@Nullable Object text) {
        return text == null ? "null" : "'" + text + "'";
    }

    private String at(@Nullable String date) {
        if (date == null) {
            return "null";
        }
        Instant known =
                switch (date) {
                    case "C" -> dates.cutoff();
                    case "W" -> dates.windowStart();
                    case "justBeforeC" -> dates.cutoff().minusNanos(1000);
                    case "justBeforeW" -> dates.windowStart().minusNanos(1000);
                    case "month" -> dates.inTheMonth();
                    case "beforeW" -> dates.windowStart().minus(Duration.ofDays(10));
                    case "longAgo" -> dates.windowStart().minus(Duration.ofDays(40));
                    case "tomorrow" -> Instant.now().plus(Duration.ofDays(1));
                    default -> null;
                };
        return "timestamptz '" + (known == null ? date : known) + "'";
    }

    /** SQL with dates, the database's name and the role put in. */
    private String replaced(String sql) {
        String replaced = sql.replace("{db}", database.name()).replace("{batch}", GrantedDatabase.BATCH);
        for (String date : List.of("C", "W", "month", "beforeW", "longAgo", "tomorrow")) {
            replaced = replaced.replace("{" + date + "}", at(date));
        }
        return replaced;
    }

    /** Made when the first row asks for it. */
    private static final class Granted {
        private static final TestDatabase FILLED = filled(GrantedDatabase.made().copy());
    }
}
