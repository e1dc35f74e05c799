package io.creditrollover.run;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether a search may run on a page: asks the planner first. An index makes it cheap, and so does a small table; a scan
 * of many users is not. Works for views and partitioned tables, whose size no catalogue column tells.
 */
@Component
public class ScanCost {
    /** In the planner's units: a scan of some 200,000 users, about 50 ms. */
    static final double MAX_COST = 10_000;

    private static final Pattern TOTAL = Pattern.compile("\"Total Cost\": ([0-9.]+)");

    private final JdbcClient jdbc;

    public ScanCost(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Plans the query, without running it. A limit in it would hide the cost of a scan. */
    boolean isCheap(String query, Map<String, ?> parameters) {
        return of(query, parameters) <= MAX_COST;
    }

    /** Returns the planner's cost of the whole query, without running it. */
    public double of(String query, Map<String, ?> parameters) {
        String plan = jdbc.sql("explain (format json) " + query)
                .params(parameters)
                .query(String.class)
                .single();
        Matcher total = TOTAL.matcher(plan);
        return total.find() ? Double.parseDouble(total.group(1)) : Double.POSITIVE_INFINITY;
    }
}
