package io.creditrollover.report;

import io.creditrollover.config.RolloverProperties;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Amounts for people, in whole units of the currency. Indian rupees are grouped as in India. Immutable. */
public record Money(Currency currency) {
    private static final int LAST_GROUP = 3;
    private static final long MINOR_UNITS = 100;

    public static Money of(RolloverProperties properties) {
        return new Money(Currency.getInstance(properties.currency()));
    }

    /** Returns an amount of hundredths, such as paise. */
    public String of(long minor) {
        long whole = Math.round((double) Math.abs(minor) / MINOR_UNITS);
        String digits = isRupee() ? indian(whole) : ReportFormats.number(whole);
        return (minor < 0 && whole > 0 ? "-" : "") + symbol() + digits;
    }

    /** Shows a dash for null. */
    String orDash(@Nullable Long minor) {
        return minor == null ? ReportFormats.NOTHING : of(minor);
    }

    private boolean isRupee() {
        return currency.getCurrencyCode().equals("INR");
    }

    /** A code without a symbol of its own is followed by a no-break space. */
    private String symbol() {
        String symbol = isRupee() ? "₹" : currency.getSymbol(Locale.US);
        return Character.isLetter(symbol.charAt(symbol.length() - 1)) ? symbol + "\u00a0" : symbol;
    }

    /** Groups the last three digits, then pairs: 13,33,612. */
    private static String indian(long value) {
        String digits = Long.toString(value);
        if (digits.length() <= LAST_GROUP) {
            return digits;
        }
        int split = digits.length() - LAST_GROUP;
        return digits.substring(0, split).replaceAll("(?<=\\d)(?=(\\d\\d)+$)", ",") + "," + digits.substring(split);
    }
}
