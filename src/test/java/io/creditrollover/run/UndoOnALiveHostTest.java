package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An undo after the host deleted users, inserted them again, or filled their balances, which are bigint here. */
class UndoOnALiveHostTest {
    private static final TestDatabase database =
            TestDatabase.migrated().execute("alter table users alter column credits type bigint");

    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database, "rollover.chunk-size=3", "rollover.row-busy-wait=PT0.2S", "rollover.safety.max-delay=P9999D");

    private HostFixture host;

    @BeforeEach
    void begin() {
        database.reset();
        host = HostFixture.in(database);
    }

    @Test
    void aDeletedUserIsLeftOutAndOneInsertedAgainIsNot() throws Exception {
        HostFixture.User deleted = host.aLapsedUser();
        HostFixture.User insertedAgain = host.aLapsedUser();
        HostFixture.User other = host.aLapsedUser();
        long run = run();
        database.execute(
                "delete from users where id in (" + deleted.id() + ", " + insertedAgain.id() + ")",
                "insert into users (id, phone_number, name, credits) values (" + insertedAgain.id()
                        + ", 'another', 'A person', 3)");

        RunOutcome undo = undo(run);

        assertThat(undo.exitCode()).as(undo.sentence()).isEqualTo(ExitCode.OK);
        assertThat(undo.run().totals().usersProcessed()).isEqualTo(2);
        assertThat(credits(insertedAgain)).isEqualTo(28);
        assertThat(credits(other)).isEqualTo(25);
        assertThat(database.count("select count(*) from credit_rollover_runs where status = 'UNDONE'"))
                .isOne();
    }

    @Test
    void aBalanceThatCannotHoldWhatExpiredIsSkippedAndTheUndoEnds() throws Exception {
        HostFixture.User nearlyFull = host.aLapsedUser();
        HostFixture.User beyond = host.aLapsedUser();
        HostFixture.User justFits = host.aLapsedUser();
        HostFixture.User other = host.aLapsedUser();
        long run = run();
        give(nearlyFull, Integer.MAX_VALUE - 24L);
        give(beyond, 3_000_000_000L);
        give(justFits, Integer.MAX_VALUE - 25L);

        RunOutcome undo = undo(run);

        assertThat(undo.exitCode()).as(undo.sentence()).isEqualTo(ExitCode.OK);
        assertThat(credits(nearlyFull)).isEqualTo(Integer.MAX_VALUE - 24L);
        assertThat(credits(beyond)).isEqualTo(3_000_000_000L);
        assertThat(credits(justFits)).isEqualTo(Integer.MAX_VALUE);
        assertThat(credits(other)).isEqualTo(25);
        assertThat(database.jdbc()
                        .sql("select reason_code || ' ' || user_id from credit_rollover_skips order by user_id")
                        .query(String.class)
                        .list())
                .containsExactly("ROW_REFUSED " + nearlyFull.id(), "ROW_REFUSED " + beyond.id());
        assertThat(database.count("select count(*) from credit_rollover_runs where status = 'UNDONE'"))
                .isOne();
    }

    private static long run() throws InterruptedException {
        return Objects.requireNonNull(product.run().run().executionId());
    }

    private static RunOutcome undo(long executionId) throws InterruptedException {
        return product.undo(executionId);
    }

    private static void give(HostFixture.User user, long credits) {
        database.execute("update users set credits = " + credits + " where id = " + user.id());
    }

    private static long credits(HostFixture.User user) {
        return database.count("select credits from users where id = " + user.id());
    }
}
