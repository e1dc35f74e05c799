package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.PendingPayments;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.UserCredits;
import io.creditrollover.oracle.OracleHost;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.RandomHost;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every event decided again, from the evidence it keeps and the rules its run keeps, comes out the same. */
class ReplayTest {
    @Test
    void everyEventComesOutTheSameFromItsEvidence() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        long seed = 4_711L;
        fill(database, seed);
        RolloverPolicy policy;
        try (TestApplication product = TestApplication.on(
                database, "rollover.plans.power.max-credits=60", "rollover.plans.monthly.carry-percent=75")) {
            RunOutcome outcome = product.run();
            policy = product.bean(PolicyProvider.class).ofRun(outcome.run().runId());
        }

        List<String> recorded = database.jdbc()
                .sql("""
                        select e.*, p.plan_type from credit_rollover_events e
                        left join payments p on p.id = e.payment_id order by e.id
                        """)
                .query((rs, row) ->
                        said(rs.getInt("credits_after"), rs.getString("action"), rs.getString("reason_code")))
                .list();
        List<String> again = database.jdbc()
                .sql("""
                        select e.*, p.plan_type from credit_rollover_events e
                        left join payments p on p.id = e.payment_id order by e.id
                        """)
                .query((rs, row) -> {
                    RolloverDecision decision = (RolloverDecision) policy.decide(fromEvidence(rs, policy));
                    return said(
                            decision.creditsAfter(),
                            decision.action().code(),
                            decision.reasonCode().name());
                })
                .list();

        assertThat(recorded).hasSizeGreaterThan(500);
        assertThat(again).as("seed " + seed).isEqualTo(recorded);
    }

    private static UserCredits fromEvidence(ResultSet event, RolloverPolicy policy) throws SQLException {
        OffsetDateTime at = event.getObject("paid_at", OffsetDateTime.class);
        PaidPayment evidence = at == null
                ? null
                : new PaidPayment(event.getLong("payment_id"), event.getString("plan_type"), at.toInstant());
        boolean renewal = evidence != null && !evidence.paidAt().isBefore(policy.cutoff());
        return new UserCredits(
                event.getLong("user_id"),
                event.getInt("credits_before"),
                renewal ? null : evidence,
                event.getInt("credits_protected"),
                false,
                renewal ? List.of(evidence) : List.of(),
                false,
                null,
                PendingPayments.NONE,
                null);
    }

    private static String said(int after, String action, String code) {
        return action + " to " + after + ": " + code;
    }

    private static void fill(TestDatabase database, long seed) throws SQLException {
        LocalDate date =
                LocalDate.ofInstant(Instant.now(), HostFixture.BUSINESS_ZONE).withDayOfMonth(1);
        try (Connection connection = database.open()) {
            RandomHost host = RandomHost.with(seed, OracleRules.defaults(date), OracleHost.clock(connection))
                    .users(1_500)
                    .believable(0.5)
                    .clockMargin(Duration.ofMinutes(14))
                    .withoutDoubt()
                    .build();
            host.insertPlansInto(connection);
            host.insertInto(connection);
            database.execute("delete from payments where payment_status = 'pending'", "analyze");
        }
    }
}
