package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
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
    @Timeout(240)
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

    /** Else each of the lookups would be a scan: hours on a large host. */
    @Test
    void aHostWithoutAnIndexIsScannedTwice() {
        host.manyUsers(2_000);
        database.execute("analyze payments");
        dropIndexes();
        long before = scans();

        PaymentFeed.read(database.jdbc());

        assertThat(scans() - before).isBetween(1L, 2L);
    }

    @RepeatedTest(5)
    void lookupsAndOneScanFindTheSameGap() {
        long seed = System.nanoTime() % 1_000_000;
        Random random = new Random(seed);
        Instant newest =
                Instant.now().minus(Duration.ofHours(random.nextInt(100))).truncatedTo(ChronoUnit.MICROS);
        HostFixture.User user = host.aUser(5).paid("monthly", 50, newest);
        int payments = 2 + random.nextInt(60);
        for (int i = 0; i < payments; i++) {
            boolean onTheEdge = random.nextInt(4) == 0;
            user.paid(
                    "monthly",
                    50,
                    newest.minus(
                            onTheEdge
                                    ? Duration.ofHours(12L * random.nextInt(182))
                                    : Duration.ofSeconds(random.nextInt(91 * 86_400))));
        }
        OffsetDateTime at = newest.atOffset(ZoneOffset.UTC);

        double scanned = PaymentFeed.longestGapSeconds(database.jdbc(), PaymentFeed.GAP_BY_SCAN, at);

        assertThat(PaymentFeed.longestGapSeconds(database.jdbc(), PaymentFeed.GAP_BY_LOOKUPS, at))
                .as("seed " + seed)
                .isEqualTo(scanned);
        assertThat(PaymentFeed.read(database.jdbc()).longestGap().toMillis()).isEqualTo((long) (scanned * 1000));
    }

    private void dropIndexes() {
        database.jdbc()
                .sql("select indexrelid::regclass::text from pg_index where indrelid = 'payments'::regclass"
                        + " and not indisprimary")
                .query(String.class)
                .list()
                .forEach(index -> database.execute("drop index " + index));
    }

    private long scans() {
        database.execute("select pg_stat_force_next_flush()");
        return database.count("select seq_scan from pg_stat_user_tables where relname = 'payments'");
    }
}
