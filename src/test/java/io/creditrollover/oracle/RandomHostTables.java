package io.creditrollover.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a {@link RandomHost} into the host's tables. */
final class RandomHostTables {

    private static final int CHUNK = 10_000;

    private RandomHostTables() {}

    static void insert(Connection connection, RandomSetup setup, List<OracleUser> users, List<OraclePayment> payments)
            throws SQLException {
        Random random = new Random(setup.seed() ^ 0x5DEECE66DL);
        List<OracleUser> shuffledUsers = new ArrayList<>(users);
        Collections.shuffle(shuffledUsers, random);
        List<OraclePayment> shuffledPayments = new ArrayList<>(payments);
        Collections.shuffle(shuffledPayments, random);
        insertUsers(connection, shuffledUsers);
        insertPayments(connection, shuffledPayments, payment -> {
            boolean stray = setup.strayPhones() && random.nextInt(10) == 0;
            Long owner = payment.userId();
            return stray
                    ? users.get(random.nextInt(users.size())).phoneNumber()
                    : RandomSetup.phone(owner == null ? 0 : owner);
        });
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("users", "payments")) {
                statement.execute("select setval(pg_get_serial_sequence('" + table
                        + "', 'id'), greatest((select max(id) from " + table + "), 1))");
            }
        }
    }

    static void insertPlans(Connection connection, OracleRules rules) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into payment_plans (plan_name, plan_type, amount, credits)"
                        + " select ?, ?, ?, ? where not exists (select from payment_plans where plan_type = ?)")) {
            for (String planType : rules.knownPlanTypes()) {
                insert.setString(1, "Plan " + planType);
                insert.setString(2, planType);
                insert.setInt(3, RandomSetup.amount(planType));
                insert.setInt(4, RandomSetup.usualCredits(planType));
                insert.setString(5, planType);
                insert.executeUpdate();
            }
        }
    }

    static void loosen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    alter table users
                        alter id type bigint, alter credits type bigint,
                        alter phone_number type text, alter phone_number drop not null
                    """);
            statement.execute("""
                    alter table payments
                        alter id type bigint, alter user_id type bigint, alter user_id drop not null,
                        alter phone_number type text, alter phone_number drop not null,
                        alter plan_type drop not null, alter credits_added drop not null
                    """);
        }
    }

    private static void insertUsers(Connection connection, List<OracleUser> all) throws SQLException {
        String sql = """
                insert into users (id, phone_number, name, credits, created_at) overriding system value
                select u.id, u.phone, 'User ' || u.id, u.credits, u.at::timestamptz
                from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[]) as u (id, phone, credits, at)
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int start = 0; start < all.size(); start += CHUNK) {
                Rows<OracleUser> rows = new Rows<>(insert, all.subList(start, Math.min(start + CHUNK, all.size())));
                rows.set(1, "int8", OracleUser::id);
                rows.set(2, "text", OracleUser::phoneNumber);
                rows.set(3, "int8", OracleUser::credits);
                rows.set(4, "text", user -> text(user.createdAt()));
                insert.executeUpdate();
            }
        }
    }

    private static void insertPayments(
            Connection connection, List<OraclePayment> all, Function<OraclePayment, @Nullable String> phone)
            throws SQLException {
        String sql = """
                insert into payments (id, user_id, phone_number, plan_type, amount, credits_added, payment_status,
                                      created_at) overriding system value
                select p.id, p.user_id, p.phone, p.plan, p.amount, p.credits, p.status, p.at::timestamptz
                from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
                            ?::text[]) as p (id, user_id, phone, plan, amount, credits, status, at)
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int start = 0; start < all.size(); start += CHUNK) {
                Rows<OraclePayment> rows = new Rows<>(insert, all.subList(start, Math.min(start + CHUNK, all.size())));
                rows.set(1, "int8", OraclePayment::id);
                rows.set(2, "int8", OraclePayment::userId);
                rows.set(3, "text", phone);
                rows.set(4, "text", OraclePayment::planType);
                rows.set(5, "int8", OraclePayment::amountPaise);
                rows.set(6, "int8", OraclePayment::creditsAdded);
                rows.set(7, "text", OraclePayment::status);
                rows.set(8, "text", payment -> text(payment.createdAt()));
                insert.executeUpdate();
            }
        }
    }

    private static @Nullable String text(@Nullable Instant at) {
        if (Instant.MIN.equals(at)) {
            return "-infinity";
        }
        if (Instant.MAX.equals(at)) {
            return "infinity";
        }
        return at == null ? null : at.toString();
    }

    /** One array parameter for each column. */
    private record Rows<T>(PreparedStatement insert, List<T> rows) {

        void set(int parameter, String type, Function<T, ? extends @Nullable Object> column) throws SQLException {
            @Nullable Object[] values = rows.stream().map(column).toArray();
            insert.setArray(parameter, insert.getConnection().createArrayOf(type, values));
        }
    }
}
