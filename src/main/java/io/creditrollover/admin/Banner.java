package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;

/**
 * The state of the month in words, with the one button that helps.
 *
 * @param kind for the colour
 * @param button null without one
 * @param post where the button posts; null for a link
 * @param month posted with a dry run; null otherwise
 * @param link to the details; null without a page
 */
record Banner(
        String kind,
        String icon,
        String headline,
        String sentence,
        @Nullable String button,
        @Nullable String post,
        @Nullable String month,
        @Nullable String link) {
    static Banner says(String kind, String icon, String headline, String sentence) {
        return new Banner(kind, icon, headline, sentence, null, null, null, null);
    }

    Banner linking(@Nullable String label, @Nullable String address) {
        return new Banner(kind, icon, headline, sentence, label, post, month, address);
    }

    Banner posting(String label, String address) {
        return new Banner(kind, icon, headline, sentence, label, address, month, link);
    }

    Banner offeringDryRun(String date) {
        return new Banner(kind, icon, headline, sentence, "Start a dry run", "/runs", date, link);
    }
}
