package io.creditrollover.run;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows whether payments still arrive.
 *
 * @param newest paid payment not dated in the future; null for none
 * @param longestGap in the 90 days before it; exact above half a day
 */
record PaymentFeed(@Nullable Instant newest, Duration longestGap) {
    private static final Duration MIN_SILENCE = Duration.ofDays(3);

    private static final int DAYS = 90;

    /**
     * Reads first and last payment of each half day, two index lookups each. Gaps below a day do not change
     * {@link #allowedSilence}. Counting half days ends the series for any newest date. Dates before the year 1 say
     * nothing about the feed.
     */
    static PaymentFeed read(JdbcClient jdbc) {
        return jdbc.sql("""
                        with newest as (
                            select max(created_at) as at from payments
                            where payment_status::text = 'paid' and created_at <= clock_timestamp()
                              and created_at >= '0001-01-01 00:00:00+00'),
                        halves as (
                            select at - (:days * 2 - n) * interval '12 hours' as half,
                                   at - (:days * 2 - n - 1) * interval '12 hours' as till
                            from newest, generate_series(0, :days * 2) n
                            where at is not null),
                        ends as (
                            select (select min(created_at) from payments
                                    where payment_status::text = 'paid' and created_at >= half and created_at < till
                                      and created_at <= newest.at) as first,
                                   (select max(created_at) from payments
                                    where payment_status::text = 'paid' and created_at >= half and created_at < till
                                      and created_at <= newest.at) as last
                            from halves, newest),
                        gaps as (
                            select first - lag(last) over (order by first) as gap from ends where first is not null)
                        select at, (select coalesce(extract(epoch from max(gap)), 0)::float8 from gaps) as gap_seconds
                        from newest
                        """)
                .param("days", DAYS)
                .query((rs, row) -> {
                    OffsetDateTime at = rs.getObject("at", OffsetDateTime.class);
                    return new PaymentFeed(at == null ? null : at.toInstant(), Duration.ofMillis((long)
                            (rs.getDouble("gap_seconds") * 1000)));
                })
                .single();
    }

    /** Returns the configured silence; for null, the greater of three days and three gaps. */
    Duration allowedSilence(@Nullable Duration configured) {
        Duration threeGaps = longestGap.multipliedBy(3);
        return configured != null ? configured : threeGaps.compareTo(MIN_SILENCE) > 0 ? threeGaps : MIN_SILENCE;
    }
}
