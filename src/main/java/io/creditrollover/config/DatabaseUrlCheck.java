package io.creditrollover.config;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Refuses an address of the database that the driver could make nothing of; it is not shown, as it can hold a password. */
public final class DatabaseUrlCheck {
    private static final String DRIVER = "jdbc:postgresql:";

    /**
     * Looks at {@code spring.datasource.url} where it is set.
     *
     * @throws WrongSettingException when it is none of PostgreSQL's
     */
    public void check(Environment environment) {
        @Nullable String url = environment.getProperty("spring.datasource.url");
        if (url != null && !url.startsWith(DRIVER)) {
            throw new WrongSettingException("SPRING_DATASOURCE_URL does not begin with " + DRIVER
                    + "; give it the form jdbc:postgresql://HOST:5432/DATABASE.");
        }
    }
}
