package io.creditrollover.config;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sizes the pool. Each thread needs a connection for its chunk and, in a dry run, one for reading. The additional ones
 * keep lease renewal from waiting.
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
