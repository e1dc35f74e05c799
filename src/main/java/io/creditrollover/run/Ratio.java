package io.creditrollover.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/** An exact fraction: with rounding, 7 of 100 could exceed 7 percent. The denominator is greater than 0. */
public record Ratio(BigInteger numerator, BigInteger denominator) implements Comparable<Ratio> {
    private static final Ratio ZERO = new Ratio(BigInteger.ZERO, BigInteger.ONE);
    private static final Ratio ONE = new Ratio(BigInteger.ONE, BigInteger.ONE);

    /** Returns 0 if {@code whole} is 0. */
    static Ratio of(long part, long whole) {
        return whole == 0 ? ZERO : new Ratio(BigInteger.valueOf(part), BigInteger.valueOf(whole));
    }

    static Ratio of(BigDecimal value) {
        return value.scale() <= 0
                ? new Ratio(value.toBigIntegerExact(), BigInteger.ONE)
                : new Ratio(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    static Ratio ofPercent(BigDecimal percent) {
        return of(percent.movePointLeft(2));
    }

    /** Returns 0 for an empty list. */
    static Ratio mean(List<Ratio> ratios) {
        Ratio sum = ratios.stream().reduce(ZERO, Ratio::plus);
        return ratios.isEmpty() ? ZERO : sum.dividedBy(of(ratios.size(), 1));
    }

    Ratio plus(Ratio other) {
        return new Ratio(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Ratio times(Ratio other) {
        return new Ratio(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** @param other greater than 0 */
    Ratio dividedBy(Ratio other) {
        return new Ratio(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /** Returns 1 minus this ratio. */
    Ratio rest() {
        return ONE.plus(new Ratio(numerator.negate(), denominator));
    }

    boolean isGreaterThan(Ratio other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Ratio other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** Returns a rounded value, for display. */
    public double value() {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue();
    }
}
