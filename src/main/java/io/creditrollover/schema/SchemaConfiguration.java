package io.creditrollover.schema;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Disables migration at startup. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {
    @Bean
    FlywayMigrationStrategy migrateOnlyWhenAsked() {
        return flyway -> {};
    }
}
