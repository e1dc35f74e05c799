package io.creditrollover.run;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the message of a dry run says once retention has deleted its decisions. */
public final class DeletedDecisions {
    private static final String BEGINS = "The decisions of this dry run were deleted after ";

    private DeletedDecisions() {}

    /** Returns the sentence; {@code cause} is the age and its key. */
    public static String sentence(String cause) {
        return BEGINS + cause + "; its totals remain.";
    }

    /** Returns the sentence in a run's message; empty if its decisions are there. */
    public static String in(@Nullable String message) {
        String said = Objects.requireNonNullElse(message, "");
        int at = said.indexOf(BEGINS);
        return at < 0 ? "" : said.substring(at);
    }
}
