package io.creditrollover.oracle;

import static io.creditrollover.oracle.Example.RULES;
import static io.creditrollover.oracle.Example.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which payments of nobody count: paid ones since the earliest window's start, not those of users deleted since. */
class OrphanedPaymentsTest {

    private static final String NOVEMBER = "2026-11-16T12:00+05:30";

    @Test
    void countsPaidPaymentsOfNobodySinceTheWindowStart() {
        OracleHost host = OracleHost.of(
                List.of(new OracleUser(1, "+919800000001", 5, null)),
                List.of(
                        payment(1, 1L, "paid", NOVEMBER),
                        payment(2, null, "paid", NOVEMBER),
                        payment(3, 0L, "paid", NOVEMBER),
                        payment(4, 9L, "paid", NOVEMBER),
                        payment(5, 9L, "failed", NOVEMBER),
                        payment(6, 8L, "paid", "2026-11-01T00:00+05:30"),
                        payment(7, 8L, "paid", "2026-10-31T23:59:59.999999+05:30"),
                        payment(8, null, "paid", null)));

        assertThat(ids(host, Set.of())).containsExactly(2L, 3L, 4L, 6L);
        assertThat(ids(host, Set.of(1L, 9L))).containsExactly(2L, 3L, 6L);
    }

    private static List<Long> ids(OracleHost host, Set<Long> usersWithEvents) {
        return host.orphanedPayments(RULES, usersWithEvents).stream()
                .map(OraclePayment::id)
                .toList();
    }

    private static OraclePayment payment(long id, @Nullable Long userId, String status, @Nullable String when) {
        return new OraclePayment(id, userId, "monthly", 29_900, 50L, status, when == null ? null : at(when));
    }
}
