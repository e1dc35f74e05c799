package io.creditrollover.config;

import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.core.env.Environment;

/** Rejects invalid database URLs. Never shows one, because it can contain a password. */
public final class DatabaseUrlCheck {
    private static final String DRIVER = "jdbc:postgresql:";
    private static final String FORM = "Use the form jdbc:postgresql://HOST:5432/DATABASE.";

    /** Found here for any host in the list, because the driver would log the URL. */
    private static final Pattern WRONG_PORT = Pattern.compile(
            "^jdbc:postgresql://[^/?]*?:(?!(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])(?:[,/?]|$))"
                    + "[^\\]:,/?]*(?:[,/?]|$)");

    /** Rejects a database URL that is not PostgreSQL's, or has an invalid port. */
    public void check(Environment environment) {
        check("SPRING_DATASOURCE_URL", environment.getProperty("spring.datasource.url"));
        check("SPRING_FLYWAY_URL", environment.getProperty("spring.flyway.url"));
    }

    private static void check(String variable, @Nullable String url) {
        if (url == null) {
            return;
        }
        if (!url.startsWith(DRIVER)) {
            throw new InvalidSettingException(variable + " does not begin with " + DRIVER + ". " + FORM);
        }
        if (WRONG_PORT.matcher(url).find() || Driver.parseURL(url, new Properties()) == null) {
            throw new InvalidSettingException(
                    variable + " is invalid, or its port is not a number from 1 to 65535. " + FORM);
        }
    }
}
