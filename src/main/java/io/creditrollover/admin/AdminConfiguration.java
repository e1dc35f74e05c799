package io.creditrollover.admin;

import io.creditrollover.run.Readiness;
import java.time.Clock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code serve} needs besides its own classes. */
@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Refuses to listen where tables are not up to date or a grant is missing, as every other command does. */
    @Bean
    SmartInitializingSingleton tablesAreCurrent(Readiness readiness) {
        return readiness::forServing;
    }
}
