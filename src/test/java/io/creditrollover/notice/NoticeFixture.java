package io.creditrollover.notice;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host whose users have addresses, and a product that tells them at any day of the month and hour of the day. */
final class NoticeFixture {
    static final String[] TABLES = {
        "credit_rollover_notices", "credit_rollover_notice_runs", "credit_rollover_notice_channels"
    };

    private NoticeFixture() {}

    static TestDatabase database() {
        return TestDatabase.migrated()
                .execute(
                        "alter table users add email text, add no_mail boolean", "alter table payments add email text");
    }

    static TestApplication product(TestDatabase database, UserSmtp smtp, String... more) {
        return TestApplication.on(database, settings(smtp, more));
    }

    static String[] settings(UserSmtp smtp, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "spring.mail.host=localhost",
                "spring.mail.port=" + smtp.port(),
                "rollover.notices.enabled=true",
                "rollover.notices.ahead=P40D",
                "rollover.notices.quiet=",
                "rollover.notices.mail.address=users.email",
                "rollover.notices.mail.per-second=1000"));
        settings.addAll(Arrays.asList(more));
        return settings.toArray(String[]::new);
    }

    static NotifyOutcome tell(TestApplication product) throws InterruptedException {
        return tell(product, null);
    }

    static NotifyOutcome tell(TestApplication product, @Nullable LocalDate date) throws InterruptedException {
        return product.bean(NoticeService.class).notifyDue(new NotifyRequest(date, false, "a test", new StopSignal()));
    }

    /** Of the month that comes. */
    static HostFixture next(TestDatabase database) {
        HostFixture now = HostFixture.in(database);
        return now.on(now.date().plusMonths(1));
    }

    static HostFixture.User withAddress(TestDatabase database, HostFixture.User user, String address) {
        database.jdbc()
                .sql("update users set email = :address where id = :id")
                .param("address", address)
                .param("id", user.id())
                .update();
        return user;
    }

    /** Rows as {@code user kind lead status}. */
    static List<String> rows(TestDatabase database) {
        return database.jdbc().sql("""
                        select concat_ws(' ', user_id, kind, nullif(lead, ''), status) from credit_rollover_notices
                        order by user_id, id
                        """).query(String.class).list();
    }
}
