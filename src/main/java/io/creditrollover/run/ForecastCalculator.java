package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.host.PlanTypes;
import io.creditrollover.rollover.RolloverSteps;
import io.creditrollover.rollover.Slices;
import io.creditrollover.rollover.UserGroups;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Computes forecasts. Reads only; thread-safe. */
@Component
class ForecastCalculator {
    /** A forecast by slices of ids. {@code usersExpired} is by slice number, and adds up to {@code figures}. */
    record SlicedForecast(ForecastFigures figures, Slices slices, List<Long> usersExpired) {}

    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final RolloverSteps steps;
    private final PlanTypes planTypes;
    private final RolloverProperties properties;

    ForecastCalculator(
            JdbcClient jdbc,
            Snapshots snapshots,
            RolloverSteps steps,
            PlanTypes planTypes,
            RolloverProperties properties) {
        this.planTypes = planTypes;
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.steps = steps;
        this.properties = properties;
    }

    SlicedForecast of(RolloverPolicy policy) {
        Map<String, Double> prices = snapshots.read(this::paisePerCredit);
        Slices slices = snapshots.read(() -> steps.slices(policy));
        List<Supplier<ForecastFigures.Sum>> parts =
                UserGroups.parts(jdbc, policy, slices, properties.effectiveThreads()).stream()
                        .<Supplier<ForecastFigures.Sum>>map(part -> () -> {
                            ForecastFigures.Sum sum = new ForecastFigures.Sum(policy, prices, slices.count());
                            part.forEach(sum::add);
                            return sum;
                        })
                        .toList();
        ForecastFigures.Sum sum = snapshots.readInParallel(parts).stream()
                .reduce((all, part) -> {
                    all.add(part);
                    return all;
                })
                .orElseThrow();
        long orphaned = snapshots.read(() -> OrphanedPayments.count(jdbc, policy));
        return new SlicedForecast(sum.toForecast(orphaned), slices, sum.expiredBySlice());
    }

    private Map<String, Double> paisePerCredit() {
        Map<String, Double> prices = new HashMap<>();
        if (!planTypes.hasPlansTable()) {
            return prices;
        }
        jdbc.sql("""
                        select plan_type::text as plan_type, amount::float8 / credits as price from payment_plans
                        where plan_type is not null and amount > 0 and credits > 0
                        """).query(rs -> {
            prices.put(rs.getString("plan_type"), rs.getDouble("price"));
        });
        return prices;
    }
}
