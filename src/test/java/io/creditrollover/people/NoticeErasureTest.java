package io.creditrollover.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import org.junit.jupiter.api.Test;

/** Addresses in notices are erased by user, with the number and without one. */
class NoticeErasureTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void anErasureAndTheSearchForDeletedUsersEraseAddresses() {
        HostFixture.User asking = told("a");
        HostFixture.User other = told("b");
        HostFixture.User deleted = told("c");
        database.execute("delete from users where id = " + deleted.id());
        try (TestApplication product = TestApplication.on(database)) {
            Erasure erased = product.bean(ErasureService.class)
                    .erase(new ErasureRequest(String.valueOf(asking.id()), "a test", "a test"));
            assertThat(erased.notices()).isEqualTo(2);
            assertThat(addresses()).isEqualTo("b c");

            assertThat(product.bean(DeletedUsers.class)
                            .follow("a test", new StopSignal())
                            .users())
                    .isOne();
        }
        assertThat(addresses()).isEqualTo("b");
        assertThat(database.count("select count(*) from credit_rollover_notices where user_id = " + other.id()))
                .isEqualTo(2);
    }

    /** Otherwise each call would say that it erased this user, and add to the audit, for as long as notices are kept. */
    @Test
    void aNoticeByWebhookHoldsNothingToErase() {
        HostFixture.User deleted = told("feed:1");
        database.execute("update credit_rollover_notices set channel = 'webhook'");
        database.execute("delete from users where id = " + deleted.id());
        try (TestApplication product = TestApplication.on(database)) {
            assertThat(product.bean(DeletedUsers.class)
                            .follow("a test", new StopSignal())
                            .users())
                    .isZero();
        }
        assertThat(addresses()).isEqualTo("feed:1");
        assertThat(database.count("select count(*) from credit_rollover_audit")).isZero();
    }

    private String addresses() {
        return database.jdbc()
                .sql("select string_agg(distinct address, ' ' order by address) from credit_rollover_notices")
                .query(String.class)
                .single();
    }

    /** In two months. */
    private HostFixture.User told(String address) {
        HostFixture.User user = host.aUser(5);
        for (int back = 0; back < 2; back++) {
            database.jdbc()
                    .sql("""
                            insert into credit_rollover_notices (user_id, kind, rollover_date, channel, credits_before,
                                                                 credits_after, reason_code, address)
                            values (?, 'expiring', ?, 'mail', 5, 0, 'NO_PAYMENT', ?)
                            """)
                    .params(user.id(), host.date().minusMonths(back), address)
                    .update();
        }
        return user;
    }
}
