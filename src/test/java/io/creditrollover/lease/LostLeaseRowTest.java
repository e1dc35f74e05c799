package io.creditrollover.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lease row that was removed, or restored from an old backup, costs nobody a month. */
class LostLeaseRowTest {
    private final TestDatabase database = TestDatabase.migrated();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from credit_rollover_leases",
                "update credit_rollover_leases set token = 1",
                "delete from credit_rollover_tokens",
                "update credit_rollover_leases set token = 900"
            })
    void theNextRunDrawsATokenAboveTheOneInForce(String damage) throws Exception {
        HostFixture.in(database).aLapsedUser();
        try (TestApplication product = TestApplication.on(database)) {
            Leases leases = product.bean(Leases.class);
            leases.acquire(Leases.WRITER, "the first", new StopSignal()).close();
            database.execute("update credit_rollover_tokens set token = 500", damage);

            assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);

            assertThat(database.count("select count(*) from credit_rollover_leases l"
                            + " join credit_rollover_tokens t using (name, token) where l.name = 'writer'"))
                    .isOne();
        }
    }

    @Test
    @Timeout(240)
    void aHolderWhoseRowWasRemovedHasLostIt() throws Exception {
        try (TestApplication product = TestApplication.on(database, "rollover.lease.duration=PT1S")) {
            StopSignal signal = new StopSignal();
            try (HeldLease held = product.bean(Leases.class).acquire(Leases.WRITER, "the first", signal)) {
                database.execute("delete from credit_rollover_leases");
                while (!signal.isRequested()) {
                    Thread.sleep(20);
                }
                assertThat(held.isLost()).isTrue();
            }
        }
    }
}
