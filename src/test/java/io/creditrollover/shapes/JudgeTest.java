package io.creditrollover.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge objects to each loss that is not proven, and to none that is. */
class JudgeTest {
    private static final String MONTH = "2026-11-16T00:00:00+05:30";

    private final Judge judge = new Judge(
            Set.of("monthly", "power"),
            Set.of("monthly", "power", "starter"),
            Set.of(),
            Instant.parse("2026-11-30T18:30:00Z"),
            Instant.parse("2026-10-31T18:30:00Z"),
            Instant.parse("2026-12-03T00:00:00Z"));

    @Test
    void aUserWithoutPaymentsMayLoseEverything() {
        assertThat(judge.objection(BigDecimal.ZERO, List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "starter, paid, 2026-11-16T00:00:00+05:30",
        "monthly, paid, 2026-10-31T23:59:59.999999+05:30",
        "monthly, paid, 0001-01-01T00:00:00+00:00",
        "monthly, paid, 4713-01-01T00:00:00+00:00 BC",
        "monthly, failed, 2026-11-16T00:00:00+05:30",
        "monthly, refunded, infinity",
        "monthly, captured, 2026-10-31T23:59:59+05:30"
    })
    void aLossIsProvenBy(String plan, String status, String date) {
        assertThat(objection("0", plan, status, date, "50")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "monthly, paid, 2026-11-01T00:00:00+05:30",
        "'monthly   ', paid, 2026-11-16T00:00:00+05:30",
        "gold, paid, 2026-10-05T00:00:00+05:30",
        ", paid, 2026-11-16T00:00:00+05:30",
        "monthly, captured, 2026-11-16T00:00:00+05:30",
        "monthly, 'paid ', 2026-12-01T00:00:00+05:30",
        "monthly, , 2026-11-16T00:00:00+05:30",
        "monthly, captured,",
        "starter, paid,",
        "starter, paid, infinity",
        "starter, paid, 2026-12-04T00:00:00+00:00",
        "starter, paid, 2026-11-16T00:00:00",
        "power, paid, 2026-12-01T00:00:00+05:30"
    })
    void aLossIsNotProvenBy(String plan, String status, String date) {
        assertThat(objection("0", plan, status, date, "50")).isPresent();
    }

    @Test
    void aKnownPlanThatIsSpeltAlmostAsAnEligibleOneIsNoProof() {
        Judge blanks = new Judge(
                Set.of("monthly"),
                Set.of("monthly", "monthly   ", "MONTHLY"),
                Set.of(),
                Instant.parse("2026-11-30T18:30:00Z"),
                Instant.parse("2026-10-31T18:30:00Z"),
                Instant.parse("2026-12-03T00:00:00Z"));
        for (String plan : List.of("monthly   ", "MONTHLY")) {
            assertThat(blanks.objection(BigDecimal.ZERO, List.of(payment(plan, "paid", MONTH, "50"))))
                    .isPresent();
        }
    }

    @Test
    void whatWasBoughtSinceStays() {
        String since = "2026-12-02T00:00:00+05:30";
        assertThat(objection("9", "starter", "paid", since, "10")).isPresent();
        assertThat(objection("10", "starter", "paid", since, "10")).isEmpty();
        assertThat(objection("10", "starter", "paid", since, "-10")).isPresent();
        assertThat(objection("10", "starter", "paid", since, null)).isPresent();
    }

    @Test
    void theLastPaymentDecidesByDateThenId() {
        Map<String, String> eligible = payment("monthly", "paid", MONTH, "50");
        Map<String, String> other = payment("starter", "paid", MONTH, "10");
        eligible.put("id", "10");
        other.put("id", "9");
        assertThat(judge.objection(BigDecimal.ZERO, List.of(eligible, other))).isPresent();
        other.put("id", "11");
        assertThat(judge.objection(BigDecimal.ZERO, List.of(eligible, other))).isEmpty();
    }

    private Optional<String> objection(String after, String plan, String status, String date, String added) {
        return judge.objection(new BigDecimal(after), List.of(payment(plan, status, date, added)));
    }

    private static Map<String, String> payment(String plan, String status, String date, String added) {
        Map<String, String> payment = new HashMap<>();
        payment.put("id", "1");
        payment.put("plan_type", plan);
        payment.put("payment_status", status);
        payment.put("created_at", date);
        payment.put("credits_added", added);
        return payment;
    }
}
