package io.creditrollover.admin;

import io.creditrollover.run.Readiness;
import java.time.Clock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SessionQueries sessionQueries() {
        return new SessionQueries();
    }

    /** Stops the start if tables are outdated or a grant is missing. */
    @Bean
    SmartInitializingSingleton tablesAreCurrent(Readiness readiness) {
        return readiness::forServing;
    }
}
