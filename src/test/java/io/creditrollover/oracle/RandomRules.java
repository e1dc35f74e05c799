package io.creditrollover.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Policies to try the decision with: awkward zones, dates, windows, caps and percents. All from the seed. */
public final class RandomRules {

    private static final List<String> ZONES = List.of(
            "Asia/Kolkata",
            "America/Sao_Paulo",
            "Europe/Berlin",
            "Pacific/Apia",
            "America/St_Johns",
            "Africa/Cairo",
            "Asia/Beirut",
            "America/Havana",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Pacific/Chatham",
            "Pacific/Kiritimati",
            "UTC");

    private static final List<String> WINDOWS =
            List.of("P1M", "P7D", "P3M", "P1Y", "P2W", "P1M15D", "P1D", "P30D", "P31D", "P2M", "P6M", "P1Y1M1D");

    private static final List<String> UNPAID_STATUSES =
            List.of("unpaid", "cancelled", "expired", "partially_refunded", "Declined");

    private static final int[] CAPS = {1, 5, 10, 20, 50, 100, 1000, Integer.MAX_VALUE};

    private static final int[] PERCENTS = {1, 7, 33, 50, 75, 90, 99};

    /** A zone, a D and a window where C or W is a midnight that does not exist, or comes twice, or a leap day's. */
    private record Corner(String zone, String date, String window) {}

    private static final List<Corner> CORNERS = List.of(
            new Corner("Asia/Beirut", "2018-04-01", "P7D"), // W on 2018-03-25, which begins at 01:00
            new Corner("Asia/Beirut", "1990-05-01", "P1M"), // C itself begins at 01:00
            new Corner("America/Sao_Paulo", "2018-12-01", "P27D"), // W on 2018-11-04, begins at 01:00
            new Corner("America/Sao_Paulo", "2017-11-01", "P17D"), // W on 2017-10-15, begins at 01:00
            new Corner("America/Havana", "2012-04-01", "P1M"), // C begins at 01:00
            new Corner("America/Havana", "2015-11-01", "P1M"), // C: 00:00 comes twice
            new Corner("America/Havana", "2020-12-01", "P1M"), // W: 00:00 comes twice
            new Corner("Africa/Cairo", "2024-05-01", "P5D"), // W on 2024-04-26, begins at 01:00
            new Corner("Africa/Cairo", "2024-11-01", "P1D"), // the clocks went back at that midnight
            new Corner("Pacific/Apia", "2012-01-01", "P2D"), // W on 2011-12-30, a day that Samoa left out
            new Corner("Pacific/Apia", "2012-01-01", "P1M"),
            new Corner("Europe/Berlin", "2026-04-01", "P1M"),
            new Corner("Europe/Berlin", "2026-11-01", "P1M"),
            new Corner("America/St_Johns", "2006-11-01", "P3D"), // changed its clocks at 00:01
            new Corner("America/St_Johns", "2006-05-01", "P1M"),
            new Corner("Asia/Kolkata", "2024-03-01", "P1M"), // a February of 29 days
            new Corner("Asia/Kolkata", "2025-03-01", "P1M"), // and of 28
            new Corner("Asia/Kolkata", "2024-03-01", "P1D"), // W on the leap day
            new Corner("Asia/Kolkata", "2025-03-01", "P1Y"),
            new Corner("Asia/Kolkata", "2027-01-01", "P1M"),
            new Corner("UTC", "2027-01-01", "P1M15D"),
            new Corner("Pacific/Kiritimati", "2000-01-01", "P1Y"));

    private RandomRules() {}

    public static OracleRules of(long seed) {
        return of(new Random(seed));
    }

    public static OracleRules of(Random random) {
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        LocalDate date = LocalDate.of(2004 + random.nextInt(30), 1 + random.nextInt(12), 1);
        String window = random.nextBoolean() ? "P1M" : WINDOWS.get(random.nextInt(WINDOWS.size()));
        if (random.nextInt(3) == 0) {
            Corner corner = CORNERS.get(random.nextInt(CORNERS.size()));
            zone = corner.zone();
            date = LocalDate.parse(corner.date());
            window = corner.window();
        }
        return of(random, ZoneId.of(zone), date, Period.parse(window));
    }

    /** With the zone and the date given, as for a live run, whose D is bound to today. */
    public static OracleRules of(long seed, ZoneId zone, LocalDate date) {
        Random random = new Random(seed);
        return of(random, zone, date, Period.parse(WINDOWS.get(random.nextInt(WINDOWS.size()))));
    }

    private static OracleRules of(Random random, ZoneId zone, LocalDate date, Period window) {
        Set<String> known = new LinkedHashSet<>(List.of("starter", "monthly", "power"));
        Map<String, OraclePlan> plans = new LinkedHashMap<>();
        plans.put("monthly", cut(random, OraclePlan.eligible(window)));
        if (random.nextInt(5) > 0) {
            String other = random.nextBoolean() ? "P1M" : WINDOWS.get(random.nextInt(WINDOWS.size()));
            plans.put("power", cut(random, OraclePlan.eligible(Period.parse(other))));
        }
        if (random.nextInt(3) == 0) {
            known.add("annual");
            plans.put("annual", cut(random, OraclePlan.eligible(Period.ofYears(1))));
        }
        if (random.nextInt(4) == 0) {
            known.add("student"); // sold, and not configured
        }
        if (random.nextInt(4) == 0) {
            plans.put("legacy", OraclePlan.ineligible()); // configured, and no longer sold
        }
        Duration grace = OracleRules.DEFAULT_GRACE;
        int dice = random.nextInt(10);
        if (dice == 0) {
            grace = Duration.ofMinutes(1);
        } else if (dice == 1) {
            grace = Duration.ofHours(2);
        }
        return new OracleRules(zone, date, plans, known, grace, unpaidStatuses(random));
    }

    /** Mostly none, which is the default. */
    private static Set<String> unpaidStatuses(Random random) {
        Set<String> statuses = new TreeSet<>();
        if (random.nextInt(3) == 0) {
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                statuses.add(UNPAID_STATUSES.get(random.nextInt(UNPAID_STATUSES.size())));
            }
        }
        return statuses;
    }

    private static OraclePlan cut(Random random, OraclePlan plan) {
        OraclePlan result = plan;
        if (random.nextInt(4) == 0) {
            result = result.withMaxCredits(CAPS[random.nextInt(CAPS.length)]);
        }
        if (random.nextInt(4) == 0) {
            result = result.withCarryPercent(PERCENTS[random.nextInt(PERCENTS.length)]);
        }
        return result;
    }

    /** A moment to decide at: mostly soon after the cut-off, at times late, rarely ahead of it, as a forecast is. */
    public static Instant now(long seed, OracleRules rules) {
        Random random = new Random(seed);
        Instant cutoff = rules.cutoff();
        int dice = random.nextInt(20);
        if (dice == 0) {
            return cutoff;
        }
        if (dice == 1) {
            return cutoff.plus(1, ChronoUnit.MICROS);
        }
        if (dice == 2) {
            return cutoff.minus(random.nextInt(86_400), ChronoUnit.SECONDS);
        }
        if (dice <= 9) {
            return cutoff.plus(2, ChronoUnit.HOURS).plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
        }
        if (dice <= 17) {
            return cutoff.plus(random.nextInt(31 * 86_400), ChronoUnit.SECONDS);
        }
        return cutoff.plus(31L + random.nextInt(700), ChronoUnit.DAYS);
    }
}
