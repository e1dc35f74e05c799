package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.run.ExceededLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitsViewTest {
    private static ExceededLimit limit(
            String key, String figures, @Nullable Double value, @Nullable Double threshold, @Nullable String of) {
        return new ExceededLimit(key, figures, value, threshold, of);
    }

    @Test
    void aRunThatExceedsNothingPassesAllLimits() {
        assertThat(LimitsView.of(List.of(), true).failed()).isEmpty();
        assertThat(LimitsView.of(List.of(), true).passed()).hasSize(6);
        assertThat(LimitsView.of(List.of(), false).passed())
                .hasSize(4)
                .doesNotContain("About as much expires as usual", "The policy is that of the last run");
    }

    @Test
    void eachExceededLimitIsASentenceWithItsKeyUnderDetails() {
        LimitsView view = LimitsView.of(
                List.of(
                        limit(
                                ExceededLimit.SILENCE,
                                "no paid payment for 24.3 days (limit: 4.1 days)",
                                24.3,
                                4.1,
                                null),
                        limit(ExceededLimit.DELAY, "the cut-off was 26.1 days ago (limit: 3 days)", 26.1, 3.0, null),
                        limit(ExceededLimit.EXPIRED_FACTOR, "26.1% of credits would expire", 0.261, 0.092, "credits"),
                        limit(ExceededLimit.EXPIRED_FACTOR, "3.5% of users would roll over", 0.035, 0.4, "users"),
                        limit(ExceededLimit.POLICY, "the policy changed since the last run: P2M", null, null, null)),
                true);

        assertThat(view.failed())
                .extracting(LimitsView.Failed::sentence)
                .containsExactly(
                        "No payment has come in for 24 days (limit 4). Is the payment feed broken?",
                        "The month is 26 days late (limit 3).",
                        "About 3 times as many credits as usual would expire: 26 %, usually 9 %.",
                        "Far fewer users than usual would roll over: 4 %, usually 40 %.",
                        "The policy changed since the last run: P2M.");
        assertThat(view.failed())
                .extracting(LimitsView.Failed::detail)
                .contains(
                        "rollover.safety.max-payment-silence: no paid payment for 24.3 days (limit: 4.1 days)",
                        "the policy changed since the last run: P2M");
        assertThat(view.passed()).containsExactly("Few users are skipped", "Payments belong to known users");
    }

    @Test
    void aLimitWithoutFiguresOrOfAnotherKindKeepsItsWords() {
        assertThat(LimitsView.sentence(
                        limit(ExceededLimit.SKIPS, "142 users would be skipped (limit: 100)", null, null, null)))
                .isEqualTo("142 users would be skipped (limit: 100).");
        assertThat(LimitsView.sentence(limit(ExceededLimit.SILENCE, "there is no paid payment", null, null, null)))
                .isEqualTo("There is no paid payment.");
        assertThat(LimitsView.sentence(limit(ExceededLimit.FIRST_RUN, "no live run was completed", null, null, null)))
                .isEqualTo("This is the first month: there is nothing to compare with. Please check the figures.");
    }
}
