package io.creditrollover.reinstate;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.run.PolicyProvider;
import io.creditrollover.undo.EventIds;
import org.junit.jupiter.api.Test;

/** The events that new payments can change, or all if they are too many to keep in memory. */
class NewPaymentsTest {
    private static final int LATE = 3;

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void moreEventsThanTheMaximumAreAllEventsAndNoneIsLeftOut() throws Exception {
        HostFixture host = HostFixture.in(database);
        for (int i = 0; i < LATE; i++) {
            host.aLapsedUser();
        }
        try (TestApplication product = TestApplication.on(database, "rollover.safety.max-delay=P9999D")) {
            product.run();
            database.jdbc()
                    .sql("insert into payments (user_id, phone_number, plan_type, amount, credits_added,"
                            + " payment_status, created_at) select id, phone_number, 'monthly', 29900, 50, 'paid',"
                            + " :at::timestamptz from users")
                    .param("at", host.inTheMonth().toString())
                    .update();
            RolloverPolicy policy = product.bean(PolicyProvider.class).ofRun(1);

            assertThat(events(policy, LATE)).isNotSameAs(EventIds.ALL);
            assertThat(events(policy, LATE - 1)).isSameAs(EventIds.ALL);
        }
    }

    private EventIds events(RolloverPolicy policy, int max) {
        return NewPayments.events(database.jdbc(), 1, policy, policy.cutoff(), max);
    }
}
