package io.creditrollover.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pages of users are read by one range of ids. */
class PaymentFactsTest {
    @Test
    void neighboursAreReadByTheirRange() {
        assertThat(PaymentFacts.isDense(List.of(7L))).isTrue();
        assertThat(PaymentFacts.isDense(List.of(1L, 8L))).isTrue();
        assertThat(PaymentFacts.isDense(List.of(-3L, 4L))).isTrue();
        assertThat(PaymentFacts.isDense(List.of(1L, 9L))).isFalse();
    }

    @Test
    void idsFromBothEndsOfBigintAreNotNeighbours() {
        assertThat(PaymentFacts.isDense(List.of(Long.MIN_VALUE, Long.MAX_VALUE)))
                .isFalse();
        assertThat(PaymentFacts.isDense(List.of(Long.MIN_VALUE, 0L))).isFalse();
        assertThat(PaymentFacts.isDense(List.of(-2L, Long.MAX_VALUE))).isFalse();
    }
}
