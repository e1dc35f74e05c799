package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import org.junit.jupiter.api.Test;

/** What is asked at every start is answered by indexes, however many months are in the table. */
class RunRepositoryTest {
    @Test
    void whetherARunHasWrittenIsFoundWithoutReadingTheEventsOfAllMonths() {
        TestDatabase database = TestDatabase.migrated();
        HostFixture.in(database).manyUsers(300);
        database.execute("""
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by)
                select date '2020-01-01' + m * interval '1 month', 'live', 'FAILED', now(), 'Asia/Kolkata', '{}', 'a test'
                from generate_series(1, 60) m
                """, """
                insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before,
                                                    credits_after, action, reason, run_id, reason_code)
                select u.id, u.phone_number, r.rollover_date, 10, 10, 'rollover', '', r.id, 'ELIGIBLE_PLAN'
                from credit_rollover_runs r, users u
                """, """
                insert into credit_rollover_skips (run_id, user_id, reason_code, reason)
                select r.id, u.id, 'ROW_BUSY', '' from credit_rollover_runs r, users u
                """, "vacuum analyze");

        String hasWritten = String.join(
                "\n",
                database.jdbc()
                        .sql("explain " + RunRepository.HAS_WRITTEN)
                        .param("id", 7)
                        .query(String.class)
                        .list());
        String lastDate = String.join(
                "\n",
                database.jdbc()
                        .sql("explain " + RunRepository.LAST_DATE_THAT_RAN)
                        .query(String.class)
                        .list());

        assertThat(hasWritten)
                .contains("credit_rollover_events_one_decision_per_run")
                .contains("credit_rollover_skips_pkey")
                .doesNotContain("Seq Scan on credit_rollover_events", "Seq Scan on credit_rollover_skips");
        assertThat(lastDate)
                .contains("credit_rollover_events_one_decision_per_run")
                .doesNotContain("Seq Scan on credit_rollover_events");
    }
}
