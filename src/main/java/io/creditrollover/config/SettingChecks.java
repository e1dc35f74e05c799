package io.creditrollover.config;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Each error names the key, the requirement and the value. */
final class SettingChecks {
    /** bcrypt ignores further bytes. */
    private static final int BCRYPT_BYTES = 72;

    /** 100 years. Longer durations overflow in Java or PostgreSQL. */
    private static final Duration MAX_DURATION = Duration.ofDays(36_500);

    private static final long MAX_MONTHS = 1_200;

    private SettingChecks() {}

    static void of(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw wrong(key, "must be from " + min + " to " + max + ", not " + value);
        }
    }

    static void percent(String key, @Nullable BigDecimal value) {
        if (value != null && (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0)) {
            throw wrong(key, "must be a percentage from 0 to 100, not " + value);
        }
    }

    static void notNegative(String key, Duration value) {
        atLeast(key, value, Duration.ZERO);
    }

    static void atLeast(String key, Duration value, Duration min) {
        if (value.compareTo(min) < 0) {
            throw wrong(key, "must be a duration of at least " + min + ", not " + value);
        }
        if (value.compareTo(MAX_DURATION) > 0) {
            throw wrong(key, "must be a duration of at most P36500D, not " + value);
        }
    }

    static void of(String key, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw wrong(key, "must be a duration from " + min + " to " + max + ", not " + value);
        }
    }

    /** A longer window covers no more payments, and dates could underflow. */
    static void window(String key, Period value) {
        boolean tooLong = Math.abs(value.toTotalMonths()) > MAX_MONTHS
                || Math.abs((long) value.getDays()) > MAX_DURATION.toDays();
        if (tooLong) {
            throw wrong(key, "must be a calendar period of at most P100Y or P36500D, not " + value);
        }
    }

    /** At least a day: a plan is valid for one. */
    static void retention(String key, Period value) {
        boolean negative = value.getYears() < 0 || value.getMonths() < 0 || value.getDays() < 0;
        if (negative || value.isZero()) {
            throw wrong(key, "must be a calendar period of at least P1D, such as P90D or P3Y, not " + value);
        }
        window(key, value);
    }

    static void address(String key, String value) {
        if (!value.matches("[^\\s@,;<>]+@[^\\s@,;<>]+")) {
            throw wrong(key, "must be mail addresses such as ops@example.com, separated by commas, not " + value);
        }
    }

    /** Its path may be a prefix of a proxy. */
    static void webAddress(String key, @Nullable URI value) {
        if (value == null) {
            return;
        }
        boolean web = "https".equals(value.getScheme()) || "http".equals(value.getScheme());
        if (!web || value.getHost() == null || value.getQuery() != null || value.getUserInfo() != null) {
            throw wrong(key, "must be an address such as https://rollover.example.com, not " + withoutSecrets(value));
        }
    }

    /** Without user name, password and query: the message goes to logs. */
    private static String withoutSecrets(URI address) {
        return address.toString().replaceFirst("//.*@", "//***@").replaceFirst("[?].*", "?***");
    }

    static void currency(String key, String code) {
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(code))) {
            throw wrong(key, "must be an ISO 4217 code such as INR, not " + code);
        }
    }

    static void name(String key, String value) {
        if (value.isBlank()) {
            throw wrong(key, "must not be empty");
        }
    }

    static void password(String key, @Nullable String value) {
        if (value != null && value.getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
            throw wrong(
                    key,
                    "must not be longer than " + BCRYPT_BYTES
                            + " bytes, because bcrypt ignores the rest. Use a shorter password, or a bcrypt hash");
        }
    }

    static void network(String key, String value) {
        if (!isNetwork(value)) {
            throw wrong(key, "must be addresses or networks such as 10.0.0.0/8, separated by commas, not " + value);
        }
    }

    private static boolean isNetwork(String value) {
        int slash = value.indexOf('/');
        String address = slash < 0 ? value : value.substring(0, slash);
        boolean literal =
                address.matches("\\d{1,3}(\\.\\d{1,3}){3}") || address.matches("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
        if (!literal) {
            return false;
        }
        try {
            int bits = 8 * InetAddress.getByName(address).getAddress().length;
            return slash < 0
                    || (value.substring(slash + 1).matches("\\d{1,3}")
                            && Integer.parseInt(value.substring(slash + 1)) <= bits);
        } catch (UnknownHostException none) {
            return false;
        }
    }

    static InvalidSettingException wrong(String key, String what) {
        return new InvalidSettingException(key + " " + what + ".");
    }
}
