package io.creditrollover.config;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the pool large enough for the configured threads: each takes a connection for its chunk and, in a dry run, one to
 * read with; renewing the lease must never wait for them.
 */
@Configuration(proxyBeanMethods = false)
class ConnectionPool {
    private static final int BESIDE_THE_THREADS = 4;

    @Bean
    static BeanPostProcessor poolForThreads(ObjectProvider<RolloverProperties> properties) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    int needed = 2 * properties.getObject().effectiveThreads() + BESIDE_THE_THREADS;
                    pool.setMaximumPoolSize(Math.max(needed, pool.getMaximumPoolSize()));
                }
                return bean;
            }
        };
    }
}
