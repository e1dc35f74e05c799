package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the newest payment came, and how long there was none before, whatever dates the host has. */
class PaymentFeedTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @ParameterizedTest
    @ValueSource(strings = {"-infinity", "4714-11-24 00:00:00+00 BC", "0001-01-01 00:00:00+00 BC"})
    @Timeout(60)
    void aDateBeforeAllTimeIsNoPaymentThatTellsAnything(String date) {
        host.aUser(5).paid("monthly", 50, Instant.EPOCH);
        database.execute("update payments set created_at = '" + date + "'");

        assertThat(PaymentFeed.read(database.jdbc()).newest()).isNull();
    }

    @Test
    void theLongestGapOfNinetyDaysIsFoundToTheMoment() {
        Instant newest = Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);
        HostFixture.User user = host.aUser(5).paid("monthly", 50, newest);
        user.paid("monthly", 50, newest.minus(Duration.ofDays(1)));
        user.paid("monthly", 50, newest.minus(Duration.ofHours(121)));
        user.paid("monthly", 50, newest.minus(Duration.ofDays(90)).minusMillis(1));
        user.paid("monthly", 50, Instant.parse("0001-01-01T00:00:00Z"));

        PaymentFeed feed = PaymentFeed.read(database.jdbc());

        assertThat(feed.newest()).isEqualTo(newest);
        assertThat(feed.longestGap()).isEqualTo(Duration.ofHours(97));
    }
}
