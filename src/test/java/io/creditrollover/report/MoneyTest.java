package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import org.junit.jupiter.api.Test;

class MoneyTest {
    private static String inr(long paise) {
        return new Money(Currency.getInstance("INR")).of(paise);
    }

    @Test
    void rupeesAreGroupedAsInIndia() {
        assertThat(inr(0)).isEqualTo("₹0");
        assertThat(inr(99_900)).isEqualTo("₹999");
        assertThat(inr(100_000)).isEqualTo("₹1,000");
        assertThat(inr(9_999_900)).isEqualTo("₹99,999");
        assertThat(inr(10_000_000)).isEqualTo("₹1,00,000");
        assertThat(inr(133_361_200)).isEqualTo("₹13,33,612");
        assertThat(inr(123_456_789_000L)).isEqualTo("₹1,23,45,67,890");
    }

    @Test
    void paiseAreRoundedAndASignStandsInFront() {
        assertThat(inr(62_529_549)).isEqualTo("₹6,25,295");
        assertThat(inr(150)).isEqualTo("₹2");
        assertThat(inr(-10_000_000)).isEqualTo("-₹1,00,000");
        assertThat(inr(-20)).isEqualTo("₹0");
    }

    @Test
    void otherCurrenciesHaveTheirSymbolOrCodeAndThousands() {
        assertThat(new Money(Currency.getInstance("USD")).of(133_361_200)).isEqualTo("$1,333,612");
        assertThat(new Money(Currency.getInstance("CHF")).of(133_361_200)).isEqualTo("CHF\u00a01,333,612");
    }
}
