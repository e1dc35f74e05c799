package io.creditrollover.secondlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleReinstatement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events that a second look wrote, held against what the oracle expects. */
final class Reinstatements {

    private Reinstatements() {}

    /** A row of credit_rollover_events. */
    record Row(
            long userId,
            LocalDate rolloverDate,
            long creditsBefore,
            long creditsAfter,
            String action,
            String reasonCode,
            @Nullable Long paymentId,
            long reverses) {}

    static void assertWritten(
            LookedAtHost host, long runId, Map<Long, OracleReinstatement> expected, Map<Long, Long> balancesBefore) {
        List<Row> rows = host.database()
                .jdbc()
                .sql("""
                        select user_id, rollover_date, credits_before, credits_after, action, reason_code, payment_id,
                               reverses
                        from credit_rollover_events where run_id = :runId
                        """)
                .param("runId", runId)
                .query(Row.class)
                .list();
        Map<Long, Row> found = new TreeMap<>();
        for (Row row : rows) {
            assertThat(found.put(row.reverses(), row)).as("twice: " + row).isNull();
        }
        Map<Long, Row> wanted = new TreeMap<>();
        expected.forEach((eventId, one) -> {
            long before = balancesBefore.getOrDefault(one.userId(), 0L);
            Row row = found.get(eventId);
            // Of equal renewals any may be the evidence
            boolean accepted =
                    row != null && row.paymentId() != null && one.evidence().contains(row.paymentId());
            wanted.put(
                    eventId,
                    new Row(
                            one.userId(),
                            host.date(),
                            before,
                            before + one.credits(),
                            "reinstatement",
                            one.reasonCode(),
                            accepted && row != null
                                    ? row.paymentId()
                                    : one.evidence().iterator().next(),
                            eventId));
        });
        assertThat(found).isEqualTo(wanted);
    }
}
