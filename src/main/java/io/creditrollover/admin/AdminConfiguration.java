package io.creditrollover.admin;

import io.creditrollover.run.Readiness;
import java.time.Clock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Sessions are rows, shared by all consoles. Concurrent requests of a browser may write the same attribute. */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> attributesAreUpserted() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    /** Stops the start if tables are outdated or a grant is missing. */
    @Bean
    SmartInitializingSingleton tablesAreCurrent(Readiness readiness) {
        return readiness::forServing;
    }
}
