package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitWordsTest {
    @Test
    void aRunThatExceedsNothingPassesAllLimits() {
        LimitWords none = LimitWords.of(null);

        assertThat(none.failed()).isEmpty();
        assertThat(none.passed()).hasSize(6);
        assertThat(none.compared(false).passed()).hasSize(4).doesNotContain("About as much expires as usual");
    }

    @Test
    void eachExceededLimitIsASentenceWithItsKeyUnderDetails() {
        LimitWords words =
                LimitWords.of("A live run would be blocked: rollover.safety.max-payment-silence: no paid payment for"
                        + " 24.3 days (limit: 4.1 days); rollover.safety.max-delay: the cut-off was 26.1 days ago (limit: 3 days);"
                        + " rollover.safety.max-expired-factor: 26.1% of credits would expire, usually 9.2% (limit: 2 times the"
                        + " usual share); the policy changed since the last run: monthly: window P1M, now P2M.");

        assertThat(words.failed())
                .extracting(LimitWords.Failed::sentence)
                .containsExactly(
                        "No payment has come in for 24 days (limit 4). Is the payment feed broken?",
                        "The month is 26 days late (limit 3).",
                        "About 3 times as many credits as usual would expire: 26 %, usually 9 %.",
                        "The policy changed since the last run: monthly: window P1M, now P2M.");
        assertThat(words.failed().get(0).detail())
                .isEqualTo("rollover.safety.max-payment-silence: no paid payment for 24.3 days (limit: 4.1 days)");
        assertThat(words.passed()).containsExactly("Few users are skipped", "Payments belong to known users");
    }

    @Test
    void theCommandsOfABlockedRunAreNoLimit() {
        LimitWords words =
                LimitWords.of("Blocked by safety limits; nothing was written: rollover.safety.first-run: no live run"
                        + " was ever completed on this database, so there is no month to compare with; a person must review the first"
                        + " run. After a review, use run --date 2026-11-01 --approve REASON. Or use run --date 2026-11-01 --dry-run,"
                        + " review it, and use run --date 2026-11-01 --plan with the execution id of the dry run.");

        assertThat(words.failed())
                .singleElement()
                .returns(
                        "This is the first month: there is nothing to compare with. Please check the figures.",
                        LimitWords.Failed::sentence);
        assertThat(words.passed()).doesNotContain("About as much expires as usual");
    }

    @Test
    void anUnknownLimitKeepsItsFigures() {
        assertThat(LimitWords.plain("rollover.skip-limit: 142 users would be skipped (limit: 100)"))
                .isEqualTo("142 users would be skipped (limit: 100).");
    }

    @Test
    void theMessageOfAFailureIsNoLimit() {
        assertThat(LimitWords.of("The database refused user 4002; nothing was written.")
                        .failed())
                .isEmpty();
    }
}
