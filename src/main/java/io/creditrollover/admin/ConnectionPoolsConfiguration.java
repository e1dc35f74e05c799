package io.creditrollover.admin;

import com.zaxxer.hikari.HikariDataSource;
import io.creditrollover.config.RolloverProperties;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
class ConnectionPoolsConfiguration {
    @Bean
    static BeanPostProcessor poolsForServing(ObjectProvider<RolloverProperties> properties) {
        return new Splitter(properties);
    }

    @Bean
    FilterRegistrationBean<Filter> requestsWorkForPages() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            ConnectionPools.workForPages();
            try {
                chain.doFilter(request, response);
            } finally {
                ConnectionPools.workForRuns();
            }
        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setAsyncSupported(true);
        registration.setDispatcherTypes(java.util.EnumSet.allOf(jakarta.servlet.DispatcherType.class));
        return registration;
    }

    /** After the thread is marked, before sessions. */
    @Bean
    FilterRegistrationBean<Filter> databaseAway() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new DatabaseAway());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setAsyncSupported(true);
        return registration;
    }

    private static final class Splitter implements BeanPostProcessor, DisposableBean {
        private final ObjectProvider<RolloverProperties> properties;
        private final List<ConnectionPools> split = new ArrayList<>();

        private Splitter(ObjectProvider<RolloverProperties> properties) {
            this.properties = properties;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof HikariDataSource pool) {
                ConnectionPools pools =
                        new ConnectionPools(pool, properties.getObject().effectiveThreads());
                split.add(pools);
                return pools;
            }
            return bean;
        }

        @Override
        public void destroy() {
            split.forEach(ConnectionPools::close);
        }
    }
}
