package io.creditrollover.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the feed: everything before the entry at {@code position} is done, and its events up to {@code id}.
 *
 * @param id {@link Long#MAX_VALUE} if the whole entry is done
 */
public record Cursor(long position, long id) {
    static final Cursor START = new Cursor(0, Long.MAX_VALUE);

    private static final Pattern TEXT = Pattern.compile("1:(\\d{1,18}):(\\d{1,19})");

    static Cursor behind(long position) {
        return new Cursor(position, Long.MAX_VALUE);
    }

    /** Returns an opaque text for users of the API. */
    public String toText() {
        String plain = "1:" + position + ":" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the cursor with this text, or empty. */
    public static Optional<Cursor> of(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            Matcher parts = TEXT.matcher(plain);
            return parts.matches()
                    ? Optional.of(new Cursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
