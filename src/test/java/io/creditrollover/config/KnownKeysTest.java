package io.creditrollover.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownKeysTest {
    private final KnownKeys keys = new KnownKeys();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLOVER_DRY_RUN",
                "ROLLOVER_DRYRUN",
                "ROLLOVER_PLANS_STARTER_ELIGIBLE",
                "ROLLOVER_PLANS_MONTHLY_CARRYPERCENT",
                "ROLLOVER_PLANS_MONTHLY_CARRY_PERCENT",
                "ROLLOVER_PLANS_PRO2_MAXCREDITS",
                "ROLLOVER_SAFETY_MAX_DELAY",
                "ROLLOVER_DB_SERVICE_HOST"
            })
    void acceptsTheVariablesOfItsKeysAndServiceLinks(String variable) {
        assertThat(keys.acceptsVariable(variable)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLOVER_DRY_RUM",
                "ROLLOVER_PLANS_MONTHLY_CARRY",
                "ROLLOVER_PLANS_ELIGIBLE",
                "ROLLOVER_PLANS_MONTHLY_MAXCREDIT"
            })
    void refusesWhatIsMisspelt(String variable) {
        assertThat(keys.acceptsVariable(variable)).isFalse();
    }
}
