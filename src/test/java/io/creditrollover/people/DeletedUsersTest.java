package io.creditrollover.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The numbers of users whom the host deleted are erased, wherever the search stopped before. */
class DeletedUsersTest {
    private static final String NUMBERED = "select count(*) from credit_rollover_events where phone_number is not null";

    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(database, "rollover.safety.max-delay=P9999D");

    private HostFixture host;
    private DeletedUsers deleted;

    @BeforeEach
    void begin() {
        database.reset();
        database.execute("update credit_rollover_positions set run_id = 0, user_id = -9223372036854775808");
        host = HostFixture.in(database);
        deleted = product.bean(DeletedUsers.class);
    }

    private DeletedUsers.Followed follow() {
        return deleted.follow("daily", new StopSignal());
    }

    @Test
    void onlyTheirNumbersAreErased() throws Exception {
        HostFixture.User gone = host.aLapsedUser();
        HostFixture.User there = host.aLapsedUser();
        product.run();
        database.execute("delete from payments", "delete from users where id = " + gone.id());

        assertThat(follow()).isEqualTo(new DeletedUsers.Followed(2, 1, 1, 0));

        assertThat(WholeDatabase.tablesWith(database, gone.phone())).isEmpty();
        assertThat(WholeDatabase.tablesWith(database, there.phone())).containsExactly("credit_rollover_events");
        assertThat(follow()).isEqualTo(new DeletedUsers.Followed(2, 0, 0, 0));
    }

    @Test
    void usersOfDryRunsOnlyAreErasedToo() throws Exception {
        HostFixture.User gone = host.aLapsedUser();
        host.aLapsedUser();
        product.bean(io.creditrollover.run.RolloverService.class)
                .run(TestApplication.request(null, true, null, new StopSignal()));
        database.execute("delete from payments", "delete from users where id = " + gone.id());

        assertThat(follow().dryRunDecisions()).isOne();
        assertThat(WholeDatabase.tablesWith(database, gone.phone())).isEmpty();
    }

    /** Each call examines one page of 1,000 users; the deleted ones are everywhere. */
    @Test
    void aCallContinuesWhereTheLastOneStoppedAndBeginsAgainAtTheEnd() throws Exception {
        host.manyUsers(2_500);
        product.run();
        database.execute("delete from payments", "delete from users where id % 10 = 3");
        long left = database.count(NUMBERED + " and user_id % 10 <> 3");

        assertThat(deleted.follow("daily", new StopSignal(), 1).users()).isEqualTo(100);
        long first = database.count(NUMBERED);
        assertThat(first).isGreaterThan(left);
        deleted.follow("daily", new StopSignal(), 1);
        deleted.follow("daily", new StopSignal(), 1);
        assertThat(database.count(NUMBERED)).isEqualTo(left);

        database.execute("update credit_rollover_positions set user_id = 1200 + (select min(id) from users)");
        database.execute("delete from users where id = (select min(id) from users)");
        assertThat(follow().users()).isOne();
    }

    @Test
    void idsAtBothEndsOfBigintAreSearched() {
        database.execute("alter table users alter id type bigint");
        host.aLapsedUser();
        for (long id : List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE)) {
            database.execute("""
                    insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before,
                        credits_after, action, reason, run_id, reason_code)
                    values (%d, '+911', '2026-01-01', 1, 0, 'expiry', 'a reason', 1, 'NO_PAYMENT')
                    """.formatted(id));
        }

        assertThat(follow().users()).isEqualTo(3);
        assertThat(follow().users()).isZero();
        database.execute("alter table users alter id type integer");
    }

    @Test
    void aStoppedCallErasesNothingMore() throws Exception {
        HostFixture.User gone = host.aLapsedUser();
        host.aLapsedUser();
        product.run();
        database.execute("delete from payments", "delete from users where id = " + gone.id());
        StopSignal stop = new StopSignal();
        stop.request();

        assertThat(deleted.follow("daily", stop)).isEqualTo(new DeletedUsers.Followed(0, 0, 0, 0));
        assertThat(follow().users()).isOne();
    }

    @Test
    void anEmptyTableOfUsersIsNotTakenForDeletions() throws Exception {
        host.aLapsedUser();
        product.run();
        database.execute("delete from payments", "delete from users");

        ExitException refused = catchThrowableOfType(ExitException.class, this::follow);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.sentence()).contains("users has no row");
        assertThat(database.count(NUMBERED)).isOne();
    }

    /** 60 months of 2,000 users: a page reads the index of users, not the events. */
    @Test
    void aPageCostsTheSameAfterManyMonths() {
        database.execute(
                """
                insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before,
                    credits_after, action, reason, run_id, reason_code)
                select u, '+91' || u, date '2020-01-01', 5, 5, 'rollover', 'a reason', m, 'ELIGIBLE_PLAN'
                from generate_series(1, 60) m, generate_series(1, 2000) u
                """,
                "insert into users (id, phone_number, name) overriding system value "
                        + "select u, 'n' || u, 'A person' from generate_series(1, 2000) u",
                "analyze credit_rollover_events",
                "analyze users");
        String plan = database.jdbc()
                .sql("explain " + Search.EVENTS.sql())
                .param("userId", 1L)
                .param("runId", 0L)
                .param("page", 1000)
                .query(String.class)
                .list()
                .toString();

        assertThat(plan)
                .contains("credit_rollover_events_user_id")
                .doesNotContain("Seq Scan on credit_rollover_events");
    }
}
