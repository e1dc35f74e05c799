package io.creditrollover.run;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
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

    private static final String NEWEST = """
            select max(created_at) as at from payments
            where payment_status::text = 'paid' and created_at <= clock_timestamp()
              and created_at >= '0001-01-01 00:00:00+00'
            """;

    /** Two index lookups each half day: gaps below a day do not change {@link #allowedSilence}. */
    static final String GAP_BY_LOOKUPS = """
            with halves as (
                select :newest - (:halfDays - n) * interval '12 hours' as half,
                       :newest - (:halfDays - n - 1) * interval '12 hours' as till
                from generate_series(0, :halfDays) n),
            ends as (
                select (select min(created_at) from payments
                        where payment_status::text = 'paid' and created_at >= half and created_at < till
                          and created_at <= :newest) as first,
                       (select max(created_at) from payments
                        where payment_status::text = 'paid' and created_at >= half and created_at < till
                          and created_at <= :newest) as last
                from halves),
            gaps as (select first - lag(last) over (order by first) as gap from ends where first is not null)
            select coalesce(extract(epoch from max(gap)), 0)::float8 from gaps
            """;

    /** The same, from one scan: without an index each lookup would be one. */
    static final String GAP_BY_SCAN = """
            with ends as (
                select min(created_at) as first, max(created_at) as last from payments
                where payment_status::text = 'paid' and created_at <= :newest
                  and created_at >= :newest - :halfDays * interval '12 hours'
                group by ceil(extract(epoch from :newest - created_at) / 43200)),
            gaps as (select first - lag(last) over (order by first) as gap from ends)
            select coalesce(extract(epoch from max(gap)), 0)::float8 from gaps
            """;

    /** Counting half days ends the series for any newest date. Dates before the year 1 say nothing about the feed. */
    static PaymentFeed read(JdbcClient jdbc) {
        OffsetDateTime newest =
                jdbc.sql(NEWEST).query(OffsetDateTime.class).optional().orElse(null);
        if (newest == null) {
            return new PaymentFeed(null, Duration.ZERO);
        }
        double seconds = longestGapSeconds(jdbc, cheaper(jdbc, parameters(newest)), newest);
        return new PaymentFeed(newest.toInstant(), Duration.ofMillis((long) (seconds * 1000)));
    }

    static double longestGapSeconds(JdbcClient jdbc, String query, OffsetDateTime newest) {
        return jdbc.sql(query).params(parameters(newest)).query(Double.class).single();
    }

    private static Map<String, Object> parameters(OffsetDateTime newest) {
        return Map.of("newest", newest, "halfDays", DAYS * 2);
    }

    private static String cheaper(JdbcClient jdbc, Map<String, Object> parameters) {
        ScanCost cost = new ScanCost(jdbc);
        return cost.of(GAP_BY_LOOKUPS, parameters) <= cost.of(GAP_BY_SCAN, parameters) ? GAP_BY_LOOKUPS : GAP_BY_SCAN;
    }

    /** Returns the configured silence; for null, the greater of three days and three gaps. */
    Duration allowedSilence(@Nullable Duration configured) {
        Duration threeGaps = longestGap.multipliedBy(3);
        return configured != null ? configured : threeGaps.compareTo(MIN_SILENCE) > 0 ? threeGaps : MIN_SILENCE;
    }
}
