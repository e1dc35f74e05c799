package io.creditrollover.report;

import org.jspecify.annotations.Nullable;

public final class PhoneMask {
    private static final int SHOWN = 4;

    private PhoneMask() {}

    /** Masks all but the last four characters, or all if there are no more; null gives an empty text. */
    public static String mask(@Nullable String phone) {
        if (phone == null) {
            return "";
        }
        int hidden = phone.length() <= SHOWN ? phone.length() : phone.length() - SHOWN;
        return "*".repeat(hidden) + phone.substring(hidden);
    }
}
