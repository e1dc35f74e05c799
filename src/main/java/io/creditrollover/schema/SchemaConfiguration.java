package io.creditrollover.schema;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps Flyway from migrating at start: only {@code migrate} and a live {@code run} do that. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {
    @Bean
    FlywayMigrationStrategy migrateOnlyWhenAsked() {
        return flyway -> {};
    }

    @Bean
    V2__spring_batch_tables springBatchTables() {
        return new V2__spring_batch_tables();
    }
}
