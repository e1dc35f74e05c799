package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import org.junit.jupiter.api.Test;

/** The page of one user, and a host that deletes one, do not read all months' events. */
class EventIndexTest {
    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void theEventsOfOneUserAreFoundByAnIndex() {
        database.execute(
                "alter table credit_rollover_events disable trigger all", """
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by)
                select date '2020-01-01' + n * interval '1 month', 'live', 'COMPLETED', now(), 'UTC', '{}', 'test'
                from generate_series(0, 9) n
                """, """
                insert into credit_rollover_events
                    (user_id, phone_number, rollover_date, credits_before, credits_after, action, reason, run_id, reason_code)
                select u, '+91' || u, r.rollover_date, 5, 5, 'rollover', 'a reason', r.id, 'ELIGIBLE_PLAN'
                from credit_rollover_runs r, generate_series(1, 2000) u
                """, "analyze credit_rollover_events");

        assertThat(database.jdbc()
                        .sql("explain select * from credit_rollover_events where user_id = 7")
                        .query(String.class)
                        .list()
                        .toString())
                .contains("credit_rollover_events_user_id");
    }
}
