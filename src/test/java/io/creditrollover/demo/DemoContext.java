package io.creditrollover.demo;

import io.creditrollover.CreditRolloverApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The product, tied to the demo's database whatever the environment names: a SPRING_DATASOURCE_URL that is set in the
 * shell points to somebody's real data.
 */
@Import(CreditRolloverApplication.class)
class DemoContext {
    private static volatile String url = "";

    static void connectTo(DemoDatabase database) {
        url = database.url();
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails() {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return DemoDatabase.OWNER;
            }

            @Override
            public String getPassword() {
                return DemoDatabase.OWNER;
            }

            @Override
            public String getJdbcUrl() {
                return url;
            }
        };
    }

    @Bean
    FlywayConnectionDetails flywayConnectionDetails() {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return DemoDatabase.OWNER;
            }

            @Override
            public String getPassword() {
                return DemoDatabase.OWNER;
            }

            @Override
            public String getJdbcUrl() {
                return url;
            }
        };
    }
}
