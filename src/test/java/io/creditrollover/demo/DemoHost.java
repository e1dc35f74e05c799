package io.creditrollover.demo;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The host's year: users sign up, pay and spend as the demo's clock goes. */
final class DemoHost {
    private final DemoDatabase database;
    private final JdbcClient jdbc;
    private Instant paid = Instant.EPOCH;
    private Instant lived = Instant.EPOCH;

    DemoHost(DemoDatabase database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    /** Takes all payments out of the host's tables, to bring them in by {@link #liveUntil}. */
    void startBeforeTheYear() throws SQLException {
        database.execute("db/demo/demo-year.sql");
    }

    /** Brings in what was paid since the last call. A checkout that is open just then would delay a run. */
    void payUntil(Instant moment) {
        jdbc.sql("""
                        insert into payments overriding system value
                        select * from demo.payments
                        where created_at > :paid and created_at <= :moment
                          and not (payment_status = 'pending' and created_at > :moment - interval '1 hour')
                        order by id
                        """).param("paid", at(paid)).param("moment", at(moment)).update();
        paid = moment;
    }

    /** Adds what was bought since the last call to the balances, and spends. */
    void liveUntil(Instant moment) {
        payUntil(moment);
        jdbc.sql("""
                        with bought as (
                            select user_id, sum(credits_added) as credits from payments
                            where payment_status = 'paid' and created_at > :lived and created_at <= :moment group by 1
                        )
                        update users u
                        set credits = floor(u.credits * 0.7 * demo.dice(u.id, :moment))
                                    + floor(coalesce(b.credits, 0) * (0.1 + 0.8 * demo.dice(-u.id, :moment)))
                                    + case when coalesce(u.created_at, '2000-01-01') > :lived then 5 else 0 end
                        from users v left join bought b on b.user_id = v.id
                        where v.id = u.id and (u.created_at is null or u.created_at <= :moment)
                        """).param("lived", at(lived)).param("moment", at(moment)).update();
        lived = moment;
    }

    /** Brings in the payments that no rule can decide, of users who hold credits. */
    void payInWaysThatNobodyUnderstands() {
        jdbc.sql("insert into payments overriding system value select * from demo.payments where created_at is null")
                .update();
        jdbc.sql("update users u set credits = b.credits from demo.balances b where b.id = u.id")
                .update();
    }

    /** Gives a present to all who have not paid for two months; nearly all of it will expire. */
    void giveABonus() {
        jdbc.sql("""
                        update users u set credits = credits + 60
                        where (u.created_at is null or u.created_at <= :moment)
                          and not exists (select from payments p where p.user_id = u.id and p.payment_status = 'paid'
                                          and p.created_at > :moment - interval '2 months')
                        """).param("moment", at(lived)).update();
    }

    /** Lets a trigger refuse every change of a balance, or no longer. */
    void freezeBalances(boolean frozen) {
        jdbc.sql("alter table users %s trigger frozen".formatted(frozen ? "enable" : "disable"))
                .update();
    }

    /** Returns who lost the most by the latest run although a payment came two days later, or else who lost the most. */
    long aDisappointedUser() {
        return jdbc.sql("""
                        select e.user_id from credit_rollover_events e
                        where e.run_id = (select max(id) from credit_rollover_runs where mode = 'live')
                          and e.action = 'expiry'
                        order by exists (select from payments p where p.user_id = e.user_id and p.payment_status = 'paid'
                                         and p.created_at > e.created_at) desc,
                                 e.credits_before - e.credits_after desc, e.user_id
                        limit 1
                        """).query(Long.class).single();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
