package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.rollover.FactGroup;
import io.creditrollover.rollover.FactGroups;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Computes forecasts; reads only. Safe for use by several threads. */
@Component
class Forecasts {
    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final RolloverProperties properties;

    Forecasts(JdbcClient jdbc, Snapshots snapshots, RolloverProperties properties) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.properties = properties;
    }

    Forecast of(RolloverPolicy policy) {
        Forecast.Sum sum = new Forecast.Sum(policy, snapshots.read(this::paisePerCredit));
        List<Supplier<List<FactGroup>>> reads =
                snapshots.read(() -> FactGroups.reads(jdbc, policy, properties.effectiveThreads()));
        snapshots.readTogether(reads).forEach(groups -> groups.forEach(sum::add));
        return sum.toForecast();
    }

    private Map<String, Double> paisePerCredit() {
        Map<String, Double> prices = new HashMap<>();
        jdbc.sql("""
                        select plan_type, amount::float8 / credits as price from payment_plans
                        where plan_type is not null and amount > 0 and credits > 0
                        """).query(rs -> {
            prices.put(rs.getString("plan_type"), rs.getDouble("price"));
        });
        return prices;
    }
}
