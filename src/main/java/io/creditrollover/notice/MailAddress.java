package io.creditrollover.notice;

import io.creditrollover.exit.Masked;
import java.net.IDN;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One address as the host stores it. Anything that could end a header line, name a second recipient or overflow a command
 * is unusable.
 */
record MailAddress(@Nullable String usable, @Nullable String unusableBecause) {
    /** RFC 5321: 256 with the angle brackets. */
    private static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final Pattern ANY = Pattern.compile("([^\\s<>@\"',;:]?)[^\\s<>@\"',;:]*@([^\\s<>@\"',;:]+)");

    static MailAddress of(@Nullable String stored) {
        String text = stored == null ? "" : stored.strip();
        if (text.isEmpty()) {
            return unusable("The user has no address.");
        }
        if (text.length() > MAX_LENGTH) {
            return unusable("The address is longer than " + MAX_LENGTH + " characters.");
        }
        int at = text.lastIndexOf('@');
        String local = at < 0 ? "" : text.substring(0, at);
        String domain = at < 0 ? "" : ascii(text.substring(at + 1));
        if (local.length() > MAX_LOCAL
                || !LOCAL.matcher(local).matches()
                || !DOMAIN.matcher(domain).matches()) {
            return unusable("The address is not a mail address: " + mask(Masked.text(text.replaceAll("\\s+", " "))));
        }
        return new MailAddress(local + "@" + domain, null);
    }

    /** Masks each address in a text: one letter and the domain remain. */
    static String mask(String text) {
        return Masked.text(ANY.matcher(text).replaceAll("$1***@$2"));
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain);
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    private static MailAddress unusable(String reason) {
        return new MailAddress(null, reason);
    }
}
