package io.creditrollover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fills the host's tables with people. Dates are relative to {@link #date()}, the rollover date of the current month in
 * the business zone, which a live run takes by default.
 */
public final class HostFixture {
    public static final ZoneId BUSINESS_ZONE = ZoneId.of("Asia/Kolkata");

    private static final AtomicInteger PHONE = new AtomicInteger(10_000_000);

    private final TestDatabase database;
    private final JdbcClient jdbc;
    private final LocalDate date;

    private HostFixture(TestDatabase database, LocalDate date) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.date = date;
    }

    public static HostFixture in(TestDatabase database) {
        LocalDate today = LocalDate.ofInstant(Instant.now(), BUSINESS_ZONE);
        return new HostFixture(database, today.withDayOfMonth(1));
    }

    public HostFixture on(LocalDate otherDate) {
        return new HostFixture(database, otherDate);
    }

    public LocalDate date() {
        return date;
    }

    /** The start of the rollover date in the business zone; payments from then on belong to the new month. */
    public Instant cutoff() {
        return date.atStartOfDay(BUSINESS_ZONE).toInstant();
    }

    /** Where the default window of one month begins. */
    public Instant windowStart() {
        return date.minusMonths(1).atStartOfDay(BUSINESS_ZONE).toInstant();
    }

    /** 40 credits, paid for the monthly plan in the month that ends: 40 roll over. */
    public User aPayingUser() {
        return aUser(40).paid("monthly", 50, inTheMonth());
    }

    /** 30 credits, the last payment of the month was for a starter plan: 30 expire. */
    public User aUserWhoToppedUp() {
        return aUser(30).paid("starter", 10, inTheMonth());
    }

    /** 25 credits, paid for the monthly plan long ago: 25 expire. */
    public User aLapsedUser() {
        return aUser(25).paid("monthly", 50, windowStart().minus(Duration.ofDays(40)));
    }

    /** 10 credits and no payment: 10 expire. */
    public User aUserWhoNeverPaid() {
        return aUser(10);
    }

    /** 90 credits, renewed at the very cut-off: 90 roll over. */
    public User aUserWhoRenewed() {
        return aUser(90)
                .paid("monthly", 50, windowStart().minus(Duration.ofDays(10)))
                .paid("monthly", 50, cutoff());
    }

    /** 5 credits, there only since the cut-off: not in scope. */
    public User aNewcomer() {
        return user(5, cutoff());
    }

    /** Some credits and nothing else yet, there since before the month. */
    public User aUser(int credits) {
        return user(credits, windowStart().minus(Duration.ofDays(100)));
    }

    /** There since {@code createdAt}; null where the host does not know. */
    public User user(int credits, @Nullable Instant createdAt) {
        String phone = "+9199" + PHONE.incrementAndGet();
        long id = jdbc.sql("""
                        insert into users (phone_number, name, credits, created_at)
                        values (:phone, 'A person', :credits, :createdAt) returning id
                        """)
                .param("phone", phone)
                .param("credits", credits)
                .param("createdAt", at(createdAt))
                .query(Long.class)
                .single();
        return new User(id, phone);
    }

    /**
     * Many people, quickly: of five, two paid for a plan that rolls over (one of these long ago), one topped up, one
     * never paid, one renewed after the cut-off. Each holds 1 to 60 credits.
     */
    public HostFixture manyUsers(int count) {
        long first = jdbc.sql("""
                        with new_users as (
                            insert into users (phone_number, name, credits, created_at)
                            select '+9197' || lpad((:offset + n)::text, 8, '0'), 'Person ' || n, 1 + n % 60,
                                   :windowStart - interval '200 days'
                            from generate_series(1, :count) n order by n
                            returning id)
                        select min(id) from new_users
                        """)
                .param("offset", PHONE.getAndAdd(count))
                .param("windowStart", at(windowStart()))
                .param("count", count)
                .query(Long.class)
                .single();
        insertPayments("monthly", 50, inTheMonth(), first, 0);
        insertPayments("monthly", 50, windowStart().minus(Duration.ofDays(40)), first, 1);
        insertPayments("starter", 10, inTheMonth(), first, 2);
        insertPayments("power", 150, cutoff(), first, 4);
        database.execute("analyze users", "analyze payments");
        return this;
    }

    private void insertPayments(String planType, int creditsAdded, Instant createdAt, long firstUser, int ofFive) {
        jdbc.sql("""
                        insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status,
                                              created_at)
                        select id, phone_number, :planType, 29900, :added, 'paid', :at + id * interval '1 microsecond'
                        from users where id >= :first and id % 5 = :ofFive
                        """)
                .param("planType", planType)
                .param("added", creditsAdded)
                .param("at", at(createdAt))
                .param("first", firstUser)
                .param("ofFive", ofFive)
                .update();
    }

    public int creditsOf(User user) {
        return jdbc.sql("select credits from users where id = :id")
                .param("id", user.id())
                .query(Integer.class)
                .single();
    }

    /** A moment in the middle of the month that ends. */
    public Instant inTheMonth() {
        return cutoff().minus(Duration.ofDays(10));
    }

    /** Locks users as a host does that spends or tops up, until the connection is closed. */
    public Connection lock(User... users) throws SQLException {
        Connection connection = database.open();
        connection.setAutoCommit(false);
        try (var lock = connection.prepareStatement("select from users where id = ? for update")) {
            for (User user : users) {
                lock.setLong(1, user.id());
                lock.execute();
            }
        }
        return connection;
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Somebody in the database; payments are added by the day they were made. */
    public final class User {
        private final long id;
        private final String phone;

        private User(long id, String phone) {
            this.id = id;
            this.phone = phone;
        }

        public long id() {
            return id;
        }

        public String phone() {
            return phone;
        }

        public User paid(String planType, int creditsAdded, @Nullable Instant createdAt) {
            return payment(planType, creditsAdded, "paid", createdAt);
        }

        public User pending(String planType, int creditsAdded, @Nullable Instant createdAt) {
            return payment(planType, creditsAdded, "pending", createdAt);
        }

        public User payment(String planType, int creditsAdded, String status, @Nullable Instant createdAt) {
            jdbc.sql("""
                            insert into payments (user_id, phone_number, plan_type, amount, credits_added,
                                                  payment_status, created_at)
                            values (:userId, :phone, :planType, 29900, :added, :status, :createdAt)
                            """)
                    .param("userId", id)
                    .param("phone", phone)
                    .param("planType", planType)
                    .param("added", creditsAdded)
                    .param("status", status)
                    .param("createdAt", at(createdAt))
                    .update();
            return this;
        }
    }
}
