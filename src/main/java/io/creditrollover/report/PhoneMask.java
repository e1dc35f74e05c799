package io.creditrollover.report;

import org.jspecify.annotations.Nullable;

/** Phone numbers as they may be shown. */
public final class PhoneMask {
    private static final int SHOWN = 4;

    private PhoneMask() {}

    /** Returns the number with all but its last four characters starred; of one that short nothing is shown, of none at all an empty text. */
    public static String mask(@Nullable String phone) {
        if (phone == null) {
            return "";
        }
        int hidden = phone.length() <= SHOWN ? phone.length() : phone.length() - SHOWN;
        return "*".repeat(hidden) + phone.substring(hidden);
    }
}
