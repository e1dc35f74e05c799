package io.creditrollover.notice;

import static io.creditrollover.schema.GrantedDatabase.BATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.schema.GrantedDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The columns that the settings name, on a host with the roles of db/grants. */
class HostColumnsTest {
    private final TestDatabase database = GrantedDatabase.made()
            .copy()
            .execute(
                    "alter table users add email text, add no_mail boolean",
                    "alter table payments add \"E mail\" text");

    @Test
    void aMissingWrongOrUnreadableColumnIsRefusedWithTheFix() {
        try (TestApplication product = TestApplication.on(database, "spring.datasource.username=" + BATCH)) {
            HostColumns columns = product.bean(HostColumns.class);
            assertThatThrownBy(() -> columns.requireAddress("users.mail"))
                    .hasMessageContaining(
                            "rollover.notices.mail.address names users.mail, but users has no text column")
                    .hasMessageContaining("It has: phone_number, name, email.");
            assertThatThrownBy(() -> columns.requireAddress("other.email"))
                    .hasMessageContaining("must be a column of users or payments");
            assertThatThrownBy(() -> columns.requireAddress("email"))
                    .hasMessageContaining("GRANT SELECT (email) ON users TO " + BATCH + ";");
            assertThatThrownBy(() -> columns.requireOptOut("email"))
                    .hasMessageContaining(
                            "rollover.notices.opt-out names users.email, but users has no boolean or date");
            assertThatThrownBy(() -> columns.requireOptOut("no_mail"))
                    .hasMessageContaining("GRANT SELECT (no_mail) ON users TO " + BATCH + ";");

            database.execute(
                    "grant select (email, no_mail) on users to " + BATCH,
                    "grant select (\"E mail\") on payments to " + BATCH);
            columns.requireAddress("email");
            columns.requireAddress("payments.E mail");
            columns.requireOptOut("users.no_mail");
        }
    }

    /** An earlier address would be a second one for the same user. */
    @Test
    void theAddressOfTheLatestPaymentCountsAlone() {
        HostFixture host = HostFixture.in(database);
        HostFixture.User user = host.aUser(5).paid("starter", 1, Instant.EPOCH);
        user.payment("starter", 1, "failed", Instant.now());
        HostFixture.User without = host.aUser(5).paid("starter", 1, Instant.EPOCH);
        without.paid("starter", 1, Instant.now());
        database.execute(
                "update payments set \"E mail\" = 'p' || id || '@example.com'",
                "update payments set \"E mail\" = null where id = (select max(id) from payments)");
        try (TestApplication product = TestApplication.on(database)) {
            assertThat(product.bean(HostColumns.class).addresses("payments.E mail", List.of(user.id(), without.id())))
                    .containsOnlyKeys(user.id())
                    .containsValue("p" + database.count("select id from payments where payment_status = 'failed'")
                            + "@example.com");
        }
    }
}
